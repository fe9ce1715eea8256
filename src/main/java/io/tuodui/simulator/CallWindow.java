package io.tuodui.simulator;

import java.time.Duration;
import java.util.Arrays;

/**
 * The arrivals of the last second or minute, and the largest number of arrivals that any has seen.
 * Not safe for several threads: its account's lock guards it.
 */
final class CallWindow {
  static final Duration SECOND = Duration.ofSeconds(1);
  static final Duration MINUTE = Duration.ofMinutes(1);

  private final long length;
  private long[] arrivals = new long[64];
  private int oldest;
  private int size;
  private int max;

  CallWindow(Duration length) {
    this.length = length.toNanos();
  }

  /**
   * Records an arrival. Event loops may bring arrivals in a slightly different order from that of
   * their stamps; such a one counts as arriving with the one before it.
   *
   * @param nanos on the clock of {@link System#nanoTime()}
   * @return how many calls arrived in the window that ends now, this one included; a call exactly
   *     as old as the window is long is no longer counted
   */
  int record(long nanos) {
    long now = size == 0 ? nanos : Math.max(nanos - newest(), 0) + newest();
    while (size > 0 && now - arrivals[oldest] >= length) {
      oldest = next(oldest);
      size--;
    }
    if (size == arrivals.length) {
      grow();
    }
    arrivals[(oldest + size) & (arrivals.length - 1)] = now;
    size++;
    max = Math.max(max, size);
    return size;
  }

  int max() {
    return max;
  }

  private long newest() {
    return arrivals[(oldest + size - 1) & (arrivals.length - 1)];
  }

  private int next(int index) {
    return (index + 1) & (arrivals.length - 1);
  }

  private void grow() {
    long[] larger = Arrays.copyOf(arrivals, arrivals.length * 2);
    System.arraycopy(arrivals, 0, larger, arrivals.length, oldest);
    arrivals = larger;
  }
}
