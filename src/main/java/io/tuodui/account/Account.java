package io.tuodui.account;

import java.util.Objects;

/**
 * An app authorised on the 1688 Open Platform. Its text form leaves out the secrets, so that an
 * account may stand in a log line.
 *
 * @param name what logs, metrics and the ledger call it; unique among the accounts
 * @param appKey the decimal number the platform gave the app; part of every request's path
 * @param appSecret signs every request; never sent
 * @param accessToken the seller's authorisation, sent with every request; {@code null} for APIs
 *     that need none
 * @param limits what the platform allows it
 */
public record Account(
    String name, String appKey, String appSecret, String accessToken, Limits limits) {

  public Account {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(appKey, "app-key");
    Objects.requireNonNull(appSecret, "app-secret");
    limits = limits == null ? Limits.NONE : limits;
  }

  /** The same account with another access token. */
  public Account withAccessToken(String token) {
    return new Account(name, appKey, appSecret, token, limits);
  }

  @Override
  public String toString() {
    return "account " + name + " (app key " + appKey + ")";
  }
}
