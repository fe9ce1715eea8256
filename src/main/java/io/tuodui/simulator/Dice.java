package io.tuodui.simulator;

/**
 * Pseudo-random numbers that are a pure function of a seed: the same seed gives the same product on
 * every node and in every run. For one thread.
 */
final class Dice {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private long state;

  Dice(long seed) {
    state = seed;
  }

  /** Scatters the bits of a number: neighbours come out unrelated. */
  static long mix(long value) {
    long mixed = value + STEP;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** A number from 0 to {@code bound - 1}, made of the bits of {@code value}. */
  static int below(int bound, long value) {
    return (int) Long.remainderUnsigned(value, bound);
  }

  long next() {
    state += STEP;
    return mix(state);
  }

  int below(int bound) {
    return below(bound, next());
  }

  int between(int low, int high) {
    return low + below(high - low + 1);
  }

  boolean percent(int share) {
    return below(100) < share;
  }

  <T> T pick(T[] values) {
    return values[below(values.length)];
  }
}
