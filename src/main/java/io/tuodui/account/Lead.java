package io.tuodui.account;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long before its slot a call is to set out, so that it is at the wire when its time comes: as
 * long as the slowest took from there to here in the last ten seconds. That may be a connection
 * that had to be made, with the machine busy besides. A permit gives it that time. Safe for many
 * threads.
 */
public final class Lead {
  /** Waiting at the wire, a call holds a connection; what takes longer is no usual way. */
  private static final long MOST = Duration.ofMillis(250).toNanos();

  private final RecentWorst slowest;

  /**
   * A lead of nothing, until something is known.
   *
   * @param nanoTime a clock that only goes forward, in ns
   */
  public Lead(LongSupplier nanoTime) {
    slowest = new RecentWorst(nanoTime);
  }

  /** Notes how long a call took to the wire from when it was to set out. */
  public void took(Duration time) {
    slowest.note(time);
  }

  /** For the next call; 250 ms at the most. */
  public Duration current() {
    return Duration.ofNanos(Math.min(MOST, slowest.nanos()));
  }
}
