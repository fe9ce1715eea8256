package io.tuodui.account;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/** The longest of the times that were noted in the last ten seconds. Safe for many threads. */
final class RecentWorst {
  private static final int SECONDS = 10;
  private static final int SECOND_SHIFT = 32;

  private final LongSupplier nanoTime;
  private final long born;

  /**
   * One cell per second, in a ring: the second in the upper half, its longest time in microseconds
   * in the lower. So the greater of two values is always the one to keep.
   */
  private final AtomicLongArray worst = new AtomicLongArray(SECONDS + 1);

  /**
   * @param nanoTime a clock that only goes forward, in ns
   */
  RecentWorst(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.born = nanoTime.getAsLong();
  }

  /** Notes a time, kept to the microsecond; below zero counts as zero. */
  void note(Duration time) {
    long second = second();
    long micros = Math.min(Math.max(0, time.toNanos() / 1_000), Integer.MAX_VALUE);
    long cell = second << SECOND_SHIFT | micros;
    worst.accumulateAndGet(Math.floorMod(second, worst.length()), cell, Math::max);
  }

  /** The longest, in ns; 0 when none was noted. */
  long nanos() {
    long oldest = second() - SECONDS;
    long micros = 0;
    for (int i = 0; i < worst.length(); i++) {
      long cell = worst.get(i);
      if (cell >> SECOND_SHIFT >= oldest) {
        micros = Math.max(micros, cell & Integer.MAX_VALUE);
      }
    }
    return micros * 1_000;
  }

  /** Whole seconds since this was made. */
  private long second() {
    return Math.max(0, nanoTime.getAsLong() - born) / 1_000_000_000L;
  }
}
