package io.tuodui.collect;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.springframework.stereotype.Component;

/**
 * Gathers the outcomes of a batch's tasks into a list, on an exchange of its own. Camel's own
 * strategies go on with the first task's exchange; when that one's call had failed and an error
 * handler had turned the failure into an outcome, Camel takes all of the batch as dealt with, and
 * ends it silently before it is stored.
 */
@Component
public final class OutcomesOfBatch implements AggregationStrategy {

  @Override
  public Exchange aggregate(Exchange gathered, Exchange task) {
    Exchange batch = gathered;
    if (batch == null) {
      batch = new DefaultExchange(task.getContext());
      batch.getMessage().setBody(new ArrayList<Outcome>());
    }
    if (task.getException() != null) {
      batch.setException(task.getException());
    } else {
      outcomes(batch).add(task.getMessage().getBody(Outcome.class));
    }
    return batch;
  }

  @SuppressWarnings("unchecked") // put there above
  private static List<Outcome> outcomes(Exchange batch) {
    return (List<Outcome>) batch.getMessage().getBody();
  }
}
