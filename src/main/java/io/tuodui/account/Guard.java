package io.tuodui.account;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
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

  /**
   * What the margin has more beside other nodes, all of it for calls that leave late. On two busy
   * cores about one call in thirty was later than a fifth of 25 ms, and lost its slot; most of them
   * by less than this.
   */
  private static final Duration LATENESS = Duration.ofMillis(5);

  private static final long NOT_YET = Long.MIN_VALUE;

  private final long minimum;
  private final long maximum;
  private final long slowStart;
  private final LongSupplier nanoTime;
  private final AtomicLong firstSent = new AtomicLong(NOT_YET);
  private final RecentWorst worst;

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
    this.worst = new RecentWorst(nanoTime);
  }

  /**
   * Notes that a call came too late to leave. When it is so late that not even the calls of a node
   * alone leave any more, and the slow start is over, another begins.
   *
   * @param late how long after its slot it came
   */
  public void missed(Duration late) {
    long first = firstSent.get();
    boolean warm = first != NOT_YET && nanoTime.getAsLong() - first >= WARM_UP.toNanos();
    if (warm && late.compareTo(Departures.LATEST) > 0) {
      firstSent.compareAndSet(first, NOT_YET);
    }
    worst.note(late);
  }

  /**
   * Notes that a call left.
   *
   * @param late how long after its slot; below zero counts as zero
   */
  public void sent(Duration late) {
    firstSent.compareAndSet(NOT_YET, nanoTime.getAsLong());
    worst.note(late);
  }

  /**
   * The margin to reserve permits with beside other nodes, now: they do not know how late this
   * node's calls left, as it does itself.
   */
  public Duration besideOthers() {
    return current().plus(LATENESS);
  }

  /** The margin to run the platform's second with, now, on a node alone. */
  public Duration current() {
    long first = firstSent.get();
    if (first == NOT_YET) {
      return Duration.ofNanos(minimum + slowStart);
    }
    long left = Math.max(0, WARM_UP.toNanos() - Math.max(0, nanoTime.getAsLong() - first));
    double fading = (double) slowStart * left / WARM_UP.toNanos();
    return measured().plusNanos((long) fading);
  }

  /**
   * How late a call may leave, now, beside other nodes: a fifth of the margin of a node alone,
   * without the slow start, and what is added to it. The rest is for the way to the platform, which
   * cannot be measured.
   */
  public Duration tolerance() {
    return measured().dividedBy(5).plus(LATENESS);
  }

  private Duration measured() {
    return Duration.ofNanos(Math.min(maximum, Math.max(minimum, worst.nanos())));
  }
}
