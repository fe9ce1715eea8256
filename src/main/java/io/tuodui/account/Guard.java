package io.tuodui.account;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * The margin that must be added to the platform's one-second window, because calls leave somewhat
 * after their slot: the platform sees arrivals, not permits.
 *
 * <p>It is the worst lateness of the last ten seconds, within bounds, and a slow start on top: a
 * process that has just started, or was stopped and goes on, is late in ways that are not yet
 * measured. Safe for many threads.
 */
public final class Guard {

  /** How long the slow start takes to fade, from the first call. */
  static final Duration WARM_UP = Duration.ofSeconds(15);

  private static final int SECONDS = 10;
  private static final int SECOND_SHIFT = 32;
  private static final long NOT_YET = Long.MIN_VALUE;

  private final long minimum;
  private final long maximum;
  private final long slowStart;
  private final LongSupplier nanoTime;
  private final long born;
  private final AtomicLong firstSent = new AtomicLong(NOT_YET);

  /**
   * One cell per second, in a ring: the second in the upper half, its worst lateness in
   * microseconds in the lower. So the greater of two values is always the one to keep.
   */
  private final AtomicLongArray worst = new AtomicLongArray(SECONDS + 1);

  /** A guard of 25 to 50 ms once warm, with a slow start of 1000 ms, which is half speed. */
  public Guard() {
    this(Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(1000), System::nanoTime);
  }

  /**
   * A guard.
   *
   * @param minimum the least it is
   * @param maximum the most it is once warm
   * @param slowStart what is added at first; fades linearly over 15 s from the first call
   * @param nanoTime a clock that only goes forward, in ns
   * @throws IllegalArgumentException if the maximum is below the minimum or one is negative
   */
  public Guard(Duration minimum, Duration maximum, Duration slowStart, LongSupplier nanoTime) {
    if (minimum.isNegative() || slowStart.isNegative() || maximum.compareTo(minimum) < 0) {
      throw new IllegalArgumentException(
          "the guard needs 0 <= minimum <= maximum and 0 <= slow start, not minimum %s, maximum %s, slow start %s"
              .formatted(minimum, maximum, slowStart));
    }
    this.minimum = minimum.toNanos();
    this.maximum = maximum.toNanos();
    this.slowStart = slowStart.toNanos();
    this.nanoTime = nanoTime;
    this.born = nanoTime.getAsLong();
  }

  /**
   * Notes that a call is ready to leave, be it too late or not. When it is so late that no call
   * leaves any more, and the slow start is over, another begins.
   *
   * @param late how long after its slot
   */
  public void ready(Duration late) {
    long first = firstSent.get();
    boolean warm = first != NOT_YET && nanoTime.getAsLong() - first >= WARM_UP.toNanos();
    if (warm && late.compareTo(Departures.LATEST) > 0) {
      firstSent.compareAndSet(first, NOT_YET);
    }
    note(late, nanoTime.getAsLong());
  }

  /**
   * Notes that a call left.
   *
   * @param late how long after its slot; below zero counts as zero
   */
  public void sent(Duration late) {
    long now = nanoTime.getAsLong();
    firstSent.compareAndSet(NOT_YET, now);
    note(late, now);
  }

  private void note(Duration late, long now) {
    long second = second(now);
    long micros = Math.min(Math.max(0, late.toNanos() / 1_000), Integer.MAX_VALUE);
    long cell = second << SECOND_SHIFT | micros;
    worst.accumulateAndGet(Math.floorMod(second, worst.length()), cell, Math::max);
  }

  /** The margin to run the platform's second with, now. */
  public Duration current() {
    long first = firstSent.get();
    if (first == NOT_YET) {
      return Duration.ofNanos(minimum + slowStart);
    }
    long now = nanoTime.getAsLong();
    long left = Math.max(0, WARM_UP.toNanos() - Math.max(0, now - first));
    double fading = (double) slowStart * left / WARM_UP.toNanos();
    return measured(now).plusNanos((long) fading);
  }

  /**
   * How late a call may leave, now, beside other nodes: half of the margin without the slow start.
   * The other half is for the way to the platform, which cannot be measured.
   */
  public Duration tolerance() {
    return measured(nanoTime.getAsLong()).dividedBy(2);
  }

  private Duration measured(long now) {
    return Duration.ofNanos(Math.min(maximum, Math.max(minimum, worstSince(now))));
  }

  private long worstSince(long now) {
    long oldest = second(now) - SECONDS;
    long micros = 0;
    for (int i = 0; i < worst.length(); i++) {
      long cell = worst.get(i);
      if (cell >> SECOND_SHIFT >= oldest) {
        micros = Math.max(micros, cell & Integer.MAX_VALUE);
      }
    }
    return micros * 1_000;
  }

  /** Whole seconds since this guard was made. */
  private long second(long now) {
    return Math.max(0, now - born) / 1_000_000_000L;
  }
}
