package io.tuodui.node;

import io.tuodui.redis.RedisClock;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The time as Redis has it, so that what the nodes write can be compared: of two replies the one
 * that was fetched later must win, though the clock of the other's node runs minutes ahead, or is
 * set while it runs. Runs on this machine's clock until Redis was heard of.
 */
public final class SharedClock extends Clock {
  private final Clock own;
  private final ZoneId zone;
  private final RedisClock redis;

  /** A clock in UTC beside this machine's. */
  public SharedClock(Clock own) {
    this(own, ZoneOffset.UTC, new RedisClock());
  }

  private SharedClock(Clock own, ZoneId zone, RedisClock redis) {
    this.own = own;
    this.zone = zone;
    this.redis = redis;
  }

  /**
   * Sets this clock by an answer of Redis.
   *
   * @param redisMicros the time in the answer, µs since 1970
   * @param asked when it was asked for, by {@link System#nanoTime()}
   * @param answered when it was there, by the same
   */
  void heard(long redisMicros, long asked, long answered) {
    redis.heard(redisMicros, asked, answered);
  }

  @Override
  public Instant instant() {
    return redis.isHeard() ? redis.instantAt(System.nanoTime()) : own.instant();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** The same clock in another zone. */
  @Override
  public Clock withZone(ZoneId other) {
    return new SharedClock(own, other, redis);
  }
}
