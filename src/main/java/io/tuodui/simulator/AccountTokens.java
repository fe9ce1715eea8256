package io.tuodui.simulator;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;

/**
 * The tokens of one account (protocol section 2). An older access token stays valid beside a newer
 * one until its own end; of refresh tokens, only the newest is valid. Not safe for several threads:
 * its account's lock guards it.
 */
final class AccountTokens {
  private static final int KEPT = 4;

  private record Token(String text, long endMillis) {}

  private final Clock clock;
  private final String appKey;
  private final Quirks quirks;
  private final Deque<Token> tokens = new ArrayDeque<>();
  private Token refreshToken;
  private long calls;
  private long issued;

  AccountTokens(Clock clock, String appKey, String first, Quirks quirks) {
    this.clock = clock;
    this.appKey = appKey;
    this.quirks = quirks;
    if (first != null) {
      add(first);
    }
    refreshToken = refreshToken(SimulatedAccounts.refreshToken(appKey));
  }

  /** Counts a call for a token, granted or not. */
  void called() {
    calls++;
  }

  /** A new access token; a refresh token as well where there is none, or each time has its own. */
  String issue() {
    issued++;
    String text = random(appKey.hashCode());
    add(text);
    if (refreshToken == null || quirks.refreshToken() == Quirks.RefreshToken.ROTATING) {
      refreshToken = refreshToken(random(~appKey.hashCode()));
    }
    return text;
  }

  private String random(int seed) {
    return new UUID(Dice.mix(seed), Dice.mix(issued)).toString();
  }

  private Token refreshToken(String text) {
    return new Token(text, clock.millis() + quirks.refreshTokenLife().toMillis());
  }

  boolean valid(String text) {
    for (Token token : tokens) {
      if (token.text.equals(text)) {
        return clock.millis() < token.endMillis;
      }
    }
    return false;
  }

  /** The refresh token that is valid now; {@code null} when it has been revoked. */
  String refreshToken() {
    return refreshToken == null ? null : refreshToken.text;
  }

  boolean refreshTokenValid(String text) {
    return refreshToken != null
        && refreshToken.text.equals(text)
        && clock.millis() < refreshToken.endMillis;
  }

  long refreshTokenEndMillis() {
    return refreshToken.endMillis;
  }

  void expire() {
    tokens.clear();
  }

  void revokeRefreshToken() {
    refreshToken = null;
  }

  long calls() {
    return calls;
  }

  long issued() {
    return issued;
  }

  private void add(String text) {
    tokens.addFirst(new Token(text, clock.millis() + quirks.tokenLife().toMillis()));
    if (tokens.size() > KEPT) {
      tokens.removeLast();
    }
  }
}
