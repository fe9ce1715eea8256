package io.tuodui.redis;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Redis's clock, as far as its answers tell it. It was read at some moment between the question and
 * the answer: a quick answer tells it to within a fraction of a millisecond, a slow one hardly.
 * What all answers agree on is what is known; should one agree with none before, as after a clock
 * was set, only that one counts. Goes by {@link System#nanoTime()} in between, and so does not care
 * whether this machine's own clock is set. Safe for many threads.
 */
public final class RedisClock {
  /** How far two clocks may drift apart: as much as NTP slews one at the most. */
  private static final int DRIFT = 2_000;

  private boolean heard;
  private long heardAt;

  /** Bounds of how far Redis's clock, in ns since 1970, is ahead of nanoTime. */
  private long least;

  private long most;

  /**
   * Takes note of an answer.
   *
   * @param redisMicros the time in it, µs since 1970
   * @param asked when it was asked for, by nanoTime
   * @param answered when it was there, by nanoTime
   */
  public synchronized void heard(long redisMicros, long asked, long answered) {
    long newLeast = redisMicros * 1_000 - answered;
    long newMost = redisMicros * 1_000 - asked;
    long drift = Math.max(0, answered - heardAt) / DRIFT;
    boolean agrees = heard && newLeast <= most + drift && newMost >= least - drift;
    least = agrees ? Math.max(newLeast, least - drift) : newLeast;
    most = agrees ? Math.min(newMost, most + drift) : newMost;
    heardAt = answered;
    heard = true;
  }

  /** Whether anything is known. */
  public synchronized boolean isHeard() {
    return heard;
  }

  /**
   * The moment, by nanoTime, at which Redis's clock has reached a time for sure: never before it.
   *
   * @param redisMicros µs since 1970
   */
  public synchronized long surelyAt(long redisMicros) {
    return redisMicros * 1_000 - least;
  }

  /**
   * Redis's time at a moment, in the middle of what is known.
   *
   * @param nanoTime the moment
   */
  public synchronized Instant instantAt(long nanoTime) {
    return Instant.EPOCH.plus(nanoTime + least + (most - least) / 2, ChronoUnit.NANOS);
  }
}
