package io.tuodui.reconcile;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Counts what was repaired, in {@code tuodui.reconcile.repairs}, and says it in the log. */
@Component
class Repairs {
  private static final Logger LOG = LoggerFactory.getLogger(Repairs.class);

  private final Counter putBack;
  private final Counter dropped;
  private final Counter reopened;

  Repairs(MeterRegistry meters) {
    this.putBack = counter(meters, "put-back");
    this.dropped = counter(meters, "dropped");
    this.reopened = counter(meters, "reopened");
  }

  private static Counter counter(MeterRegistry meters, String kind) {
    return Counter.builder("tuodui.reconcile.repairs")
        .description("Ids that the comparison of the stores repaired")
        .tag("kind", kind)
        .register(meters);
  }

  /** A dry run repaired nothing; only what no repair can mend is said of it. */
  void tell(Reconciled result) {
    if (!result.dryRun()) {
      tell(putBack, result.putBack(), "open tasks were missing in the queue and are put back");
      tell(dropped, result.dropped(), "tasks were queued although they had ended and are dropped");
      tell(reopened, result.reopened(), "ids succeeded but were not stored and are due again");
    }
    if (result.unknown() > 0) {
      LOG.warn(
          "{} ids are queued that no job has; do two ledgers share this Redis and its prefix?",
          result.unknown());
    }
  }

  private static void tell(Counter counter, long count, String what) {
    if (count > 0) {
      counter.increment(count);
      LOG.warn("{} {}", count, what);
    }
  }
}
