package io.tuodui.simulator;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;

/**
 * The access tokens of one account. Each is valid for 10 hours (protocol section 2); an older one
 * stays valid beside a newer one until its own end. Not safe for several threads: its account's
 * lock guards it.
 */
final class AccountTokens {
  static final Duration VALIDITY = Duration.ofHours(10);
  private static final int KEPT = 4;

  private record Token(String text, long endMillis) {}

  private final Clock clock;
  private final Deque<Token> tokens = new ArrayDeque<>();
  private long issued;

  AccountTokens(Clock clock, String first) {
    this.clock = clock;
    if (first != null) {
      add(first);
    }
  }

  String issue(String appKey) {
    issued++;
    String text = new UUID(Dice.mix(appKey.hashCode()), Dice.mix(issued)).toString();
    add(text);
    return text;
  }

  boolean valid(String text) {
    long now = clock.millis();
    for (Token token : tokens) {
      if (token.text.equals(text)) {
        return now < token.endMillis;
      }
    }
    return false;
  }

  void expire() {
    tokens.clear();
  }

  long issued() {
    return issued;
  }

  private void add(String text) {
    tokens.addFirst(new Token(text, clock.millis() + VALIDITY.toMillis()));
    if (tokens.size() > KEPT) {
      tokens.removeLast();
    }
  }
}
