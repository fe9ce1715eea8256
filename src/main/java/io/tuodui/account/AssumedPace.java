package io.tuodui.account;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast an account without limits may call once the platform has refused it for being too fast.
 *
 * @param apart between two calls
 * @param next when the next call may leave
 * @param cut when {@code apart} was set
 */
record AssumedPace(Duration apart, Instant next, Instant cut) {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration SLOWEST = Duration.ofSeconds(10);

  /**
   * Half as fast as before, or as the platform is taken to allow. A refusal within a second of the
   * one before is of a call that was under way then: it changes nothing.
   *
   * @param before {@code null} at the first refusal
   */
  static AssumedPace slower(AssumedPace before, Instant now) {
    if (before == null) {
      return new AssumedPace(SECOND.dividedBy(Limits.ASSUMED_PER_SECOND).multipliedBy(2), now, now);
    }
    if (Duration.between(before.cut, now).compareTo(SECOND) < 0) {
      return before;
    }
    Duration apart = before.apart.multipliedBy(2);
    return new AssumedPace(apart.compareTo(SLOWEST) < 0 ? apart : SLOWEST, before.next, now);
  }

  boolean isFree(Instant now) {
    return !next.isAfter(now);
  }

  /** After a call that leaves now. */
  AssumedPace called(Instant now) {
    return new AssumedPace(apart, now.plus(apart), cut);
  }

  double perSecond() {
    return (double) SECOND.toNanos() / apart.toNanos();
  }
}
