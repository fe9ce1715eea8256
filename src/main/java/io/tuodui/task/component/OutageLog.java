package io.tuodui.task.component;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Logs an outage once when it begins and once, with a count, when nothing has failed for a while:
 * of a Redis Cluster, one shard may be away while the others answer. Safe for many threads.
 */
final class OutageLog {
  static final Duration SETTLED = Duration.ofSeconds(5);

  private final Logger log;
  private final String what;
  private final LongSupplier nanoTime;
  private final AtomicLong failures = new AtomicLong();
  private volatile long lastFailure;

  OutageLog(Logger log, String what) {
    this(log, what, System::nanoTime);
  }

  OutageLog(Logger log, String what, LongSupplier nanoTime) {
    this.log = log;
    this.what = what;
    this.nanoTime = nanoTime;
  }

  void failed(RuntimeException cause) {
    lastFailure = nanoTime.getAsLong();
    if (failures.getAndIncrement() == 0) {
      log.warn("{} does not answer; waiting until it is back: {}", what, cause.toString());
    }
  }

  void answered() {
    if (failures.get() > 0 && nanoTime.getAsLong() - lastFailure >= SETTLED.toNanos()) {
      long count = failures.getAndSet(0);
      if (count > 0) {
        log.info("{} is back after {} failed tries", what, count);
      }
    }
  }
}
