package io.tuodui.operation;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Says that a turn of an upkeep route failed, for each route once a minute: such a route runs every
 * few seconds, and an outage of a store would otherwise fill the log.
 */
@Component
public final class UpkeepFailures {
  private static final Logger LOG = LoggerFactory.getLogger(UpkeepFailures.class);
  private static final long BETWEEN_WARNINGS = Duration.ofMinutes(1).toNanos();

  private final Map<String, Long> warnedAt = new ConcurrentHashMap<>();

  /** A turn of the exchange's route failed; the next one comes by the clock. */
  public void log(Exchange exchange, @ExchangeException Exception cause) {
    tell(exchange.getFromRouteId(), cause);
  }

  /** Something that is tried again by itself failed. */
  public void tell(String what, Exception cause) {
    long now = System.nanoTime();
    Long before = warnedAt.get(what);
    if (before == null || now - before >= BETWEEN_WARNINGS) {
      warnedAt.put(what, now);
      LOG.warn("{} failed, and is tried again at its next turn: {}", what, cause.toString());
    }
  }
}
