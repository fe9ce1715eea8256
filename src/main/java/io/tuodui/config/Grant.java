package io.tuodui.config;

import io.tuodui.account.Account;
import java.time.Instant;

/**
 * What the configuration says of an account whose access token can be renewed. Its text form leaves
 * out the token.
 *
 * @param account with the access token that is configured, or with none
 * @param refreshToken gives it new ones
 * @param accessTokenExpiresAt when the configured access token ends; {@code null} when not said
 */
public record Grant(Account account, String refreshToken, Instant accessTokenExpiresAt) {

  @Override
  public String toString() {
    return "grant of " + account;
  }
}
