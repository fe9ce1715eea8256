package io.tuodui.simulator;

import java.util.Arrays;

/**
 * The arrivals of the last second, and the largest number of arrivals that any second has seen. Not
 * safe for several threads: its account's lock guards it.
 */
final class CallWindow {
  private static final long SECOND = 1_000_000_000L;

  private long[] arrivals = new long[64];
  private int oldest;
  private int size;
  private int max;

  /**
   * Records an arrival. Event loops may bring arrivals in a slightly different order from that of
   * their stamps; such a one counts as arriving with the one before it.
   *
   * @param nanos on the clock of {@link System#nanoTime()}
   * @return how many calls arrived in the second that ends now, this one included; a call exactly
   *     one second old is no longer counted
   */
  int record(long nanos) {
    long now = size == 0 ? nanos : Math.max(nanos - newest(), 0) + newest();
    while (size > 0 && now - arrivals[oldest] >= SECOND) {
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
