package io.tuodui.collect;

import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** Throws a caught exception again, as it was: YAML can only throw one of its own. */
@Component
public final class Failures {

  /**
   * Throws what was caught. Not by {@code @ExchangeException}, which gives the innermost cause: the
   * error policy would not know that as a store being away.
   */
  public void rethrow(Exchange exchange) throws Exception {
    throw exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
  }
}
