package io.tuodui.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLongArray;

/** Decides which accepted call fails, and how; counts what it decided. */
final class FaultPlan {
  private static final Fault[] KINDS = Fault.values();

  private final SeededStream stream;
  private final FaultShares shares;
  private final Queue<Fault> forced = new ConcurrentLinkedQueue<>();
  private final AtomicLongArray counts = new AtomicLongArray(KINDS.length);

  FaultPlan(FaultShares shares, long seed) {
    stream = new SeededStream(seed);
    this.shares = shares;
  }

  /** The next call that passes all checks fails in this way. */
  void force(Fault fault) {
    forced.add(fault);
  }

  /** The fault of the next accepted call, or {@code null} for a good answer. */
  Fault next() {
    Fault fault = forced.poll();
    if (fault == null && !shares.none()) {
      fault = shares.pick(stream.next());
    }
    if (fault != null) {
      counts.incrementAndGet(fault.ordinal());
    }
    return fault;
  }

  /** A number to vary a fault with: which page, cut off where. */
  long variation() {
    return stream.next();
  }

  Map<String, Long> counts() {
    Map<String, Long> byLabel = new LinkedHashMap<>();
    for (Fault fault : KINDS) {
      byLabel.put(fault.label(), counts.get(fault.ordinal()));
    }
    return byLabel;
  }
}
