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
 * @param weight its share of the calls, among the accounts that wait for one: 2 is twice the share
 *     of 1. From 1 to 100
 */
public record Account(
    String name, String appKey, String appSecret, String accessToken, Limits limits, int weight) {

  private static final int GREATEST_WEIGHT = 100;

  public Account {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(appKey, "app-key");
    Objects.requireNonNull(appSecret, "app-secret");
    limits = limits == null ? Limits.NONE : limits;
    if (weight < 1 || weight > GREATEST_WEIGHT) {
      throw new IllegalArgumentException(
          "weight must be from 1 to " + GREATEST_WEIGHT + ", not " + weight);
    }
  }

  /** An account of weight 1. */
  public Account(String name, String appKey, String appSecret, String accessToken, Limits limits) {
    this(name, appKey, appSecret, accessToken, limits, 1);
  }

  /** The same account with another access token. */
  public Account withAccessToken(String token) {
    return new Account(name, appKey, appSecret, token, limits, weight);
  }

  @Override
  public String toString() {
    return "account " + name + " (app key " + appKey + ")";
  }
}
