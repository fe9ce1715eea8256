package io.tuodui.collect;

import io.tuodui.config.TuoduiProperties;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Says when the gateway answers no call at all, such as with a wrong address or without a network;
 * a call now and then that is lost is not worth a word.
 */
@Component
final class GatewaySilence {
  private static final Logger LOG = LoggerFactory.getLogger(GatewaySilence.class);

  /** So many tasks in a row without a reply are no coincidence. */
  private static final int MANY = 10;

  private static final long BETWEEN_WARNINGS = Duration.ofSeconds(30).toNanos();

  private final String address;
  private final AtomicLong unanswered = new AtomicLong();
  private final AtomicLong warnedAt = new AtomicLong(System.nanoTime() - BETWEEN_WARNINGS);

  GatewaySilence(TuoduiProperties properties) {
    this.address = properties.gateway().baseUrl();
  }

  void broken() {
    if (unanswered.get() != 0) {
      unanswered.set(0);
    }
  }

  void lasts(Exception cause) {
    long count = unanswered.incrementAndGet();
    long now = System.nanoTime();
    long before = warnedAt.get();
    if (count >= MANY && now - before >= BETWEEN_WARNINGS && warnedAt.compareAndSet(before, now)) {
      LOG.warn(
          "{} does not answer ({}); its calls are tried again later. Is tuodui.gateway.base-url"
              + " right, and the network there?",
          address,
          cause.getMessage());
    }
  }
}
