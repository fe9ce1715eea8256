package io.tuodui.simulator;

import java.time.Duration;

/** How long the platform takes over each call: evenly spread around a base. */
final class Latency {
  private final SeededStream stream;
  private final long lowNanos;
  private final long spreadNanos;

  Latency(Duration base, Duration jitter, long seed) {
    stream = new SeededStream(seed);
    lowNanos = base.minus(jitter).toNanos();
    spreadNanos = jitter.toNanos() * 2;
  }

  long nextNanos() {
    if (spreadNanos == 0) {
      return lowNanos;
    }
    return lowNanos + Long.remainderUnsigned(stream.next(), spreadNanos + 1);
  }
}
