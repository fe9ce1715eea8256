package io.tuodui.operation;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a store answered, asked at most once a second for all gauges that are made of it. */
final class Remembered<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Remembered.class);
  private static final long NANOS = Duration.ofSeconds(1).toNanos();

  private final Supplier<T> source;
  private T value;
  private long readAt = System.nanoTime() - NANOS;

  Remembered(Supplier<T> source) {
    this.source = source;
  }

  /** A gauge's value; not a number while the store is away. */
  synchronized double as(ToDoubleFunction<T> function) {
    if (System.nanoTime() - readAt >= NANOS) {
      readAt = System.nanoTime();
      try {
        value = source.get();
      } catch (RuntimeException away) {
        LOG.debug("No gauge: {}", away.toString());
        value = null;
      }
    }
    return value == null ? Double.NaN : function.applyAsDouble(value);
  }
}
