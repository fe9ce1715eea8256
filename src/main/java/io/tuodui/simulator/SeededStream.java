package io.tuodui.simulator;

import java.util.concurrent.atomic.AtomicLong;

/** A seeded sequence of numbers that several event loops draw from without a lock. */
final class SeededStream {
  private final long seed;
  private final AtomicLong drawn = new AtomicLong();

  SeededStream(long seed) {
    this.seed = Dice.mix(seed);
  }

  long next() {
    return Dice.mix(seed ^ Dice.mix(drawn.incrementAndGet()));
  }
}
