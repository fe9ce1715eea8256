package io.tuodui.store;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/**
 * Gathers the branches of a multicast: the message stays as it went in, and fails when any branch
 * did.
 */
@Component
public final class FirstFailure implements AggregationStrategy {

  @Override
  public Exchange aggregate(Exchange before, Exchange branch) {
    throw new UnsupportedOperationException("Only for a multicast, which also gives the input");
  }

  @Override
  public Exchange aggregate(Exchange before, Exchange branch, Exchange input) {
    if (input.getException() == null && branch.getException() != null) {
      input.setException(branch.getException());
    }
    return input;
  }
}
