package io.tuodui.collect;

import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** Throws a caught exception again, as it was: YAML can only throw one of its own. */
@Component
public final class Failures {

  /**
   * Throws what was caught, as if it had only just happened. An error handler that gave it up below
   * (that of {@code transacted} never repeats anything) has marked the exchange as dealt with;
   * doCatch leaves the mark, and with it no error handler above would repeat anything or even look.
   * Not by {@code @ExchangeException}, which gives the innermost cause: the error policy would not
   * know that as a store being away.
   */
  public void rethrow(Exchange exchange) throws Exception {
    exchange.getExchangeExtension().setFailureHandled(false);
    exchange.getExchangeExtension().setErrorHandlerHandled(null);
    throw exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
  }
}
