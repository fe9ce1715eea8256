package io.tuodui.store;

import io.tuodui.collect.Outcome;
import io.tuodui.gateway.ReplyClass;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;

/** The steps that find the items of a batch that a store refuses, and say so of them. */
@Component
public final class Refusals {

  /**
   * Throws what was caught, for the error policy.
   *
   * @throws ContentRefused when a store refuses what it was given
   */
  public void rethrow(Exchange exchange) throws Exception {
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    ContentRefused refusal = RefusalCheck.in(failure);
    throw refusal == null ? failure : refusal;
  }

  /** A batch of one. */
  public List<Outcome> alone(@ExchangeProperty("outcome") Outcome outcome) {
    return List.of(outcome);
  }

  /** The outcome of a call whose item a store refuses; with the reply, for its dead letter. */
  public Outcome unstorable(
      @ExchangeProperty("outcome") Outcome outcome, @ExchangeException ContentRefused refusal) {
    return new Outcome(
        outcome.task(),
        ReplyClass.UNSTORABLE,
        refusal.code(),
        refusal.getMessage(),
        null,
        null,
        outcome.account(),
        outcome.httpStatus(),
        outcome.body(),
        outcome.bodyHash(),
        outcome.fetchedAt(),
        outcome.calls(),
        outcome.refused());
  }
}
