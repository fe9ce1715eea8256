package io.tuodui.node;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The time as Redis has it, so that what the nodes write can be compared: of two replies the one
 * that was fetched later must win, though the clock of the other's node runs minutes ahead. Runs on
 * this machine's clock until Redis was heard of.
 */
public final class SharedClock extends Clock {
  private static final Duration SLOW_ANSWER = Duration.ofMillis(250);

  private final Clock own;
  private final ZoneId zone;
  private volatile Duration ahead = Duration.ZERO;
  private volatile boolean heard;

  /** A clock in UTC beside this machine's. */
  public SharedClock(Clock own) {
    this(own, ZoneOffset.UTC);
  }

  private SharedClock(Clock own, ZoneId zone) {
    this.own = own;
    this.zone = zone;
  }

  /**
   * Sets this clock by an answer of Redis, to within half the time that the answer took; after the
   * first, one that took long does not count.
   *
   * @param redis the time in the answer
   * @param asked when it was asked for, by this machine's clock
   * @param took until the answer was there
   */
  void heard(Instant redis, Instant asked, Duration took) {
    if (!heard || took.compareTo(SLOW_ANSWER) <= 0) {
      ahead = Duration.between(asked.plus(took.dividedBy(2)), redis);
      heard = true;
    }
  }

  /** This machine's own time. */
  Instant own() {
    return own.instant();
  }

  @Override
  public Instant instant() {
    return own.instant().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** A clock of its own, with the time that is known now. */
  @Override
  public Clock withZone(ZoneId other) {
    SharedClock clock = new SharedClock(own, other);
    clock.ahead = ahead;
    clock.heard = heard;
    return clock;
  }
}
