package io.tuodui.reconcile;

import io.tuodui.config.TuoduiProperties;
import io.tuodui.job.Ledger;
import io.tuodui.task.QueueReview;
import io.tuodui.task.TaskQueue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Forgets in Redis what became of ids long ago. The ledger knows it for longer; Redis would grow
 * with every id that was ever collected.
 */
@Component
public final class OldStatuses {
  private static final Logger LOG = LoggerFactory.getLogger(OldStatuses.class);

  private final Ledger ledger;
  private final TaskQueue queue;
  private final Duration kept;
  private final Clock clock;

  OldStatuses(Ledger ledger, TaskQueue queue, TuoduiProperties properties, Clock clock) {
    this.ledger = ledger;
    this.queue = queue;
    this.kept = properties.queue().statusKept();
    this.clock = clock;
  }

  /** Looks through all of them, a chunk at a time. */
  public void forget() {
    QueueReview review = queue.review();
    Instant since = clock.instant().minus(kept);
    AtomicLong forgotten = new AtomicLong();
    review.forEachEnded(
        ids -> {
          Set<Long> needed = ledger.openOrClosedSince(queue.source(), ids, since);
          List<Long> old = ids.stream().filter(id -> !needed.contains(id)).toList();
          forgotten.addAndGet(review.forget(old));
        });
    LOG.info("{} statuses of ids that ended over {} ago are forgotten", forgotten, kept);
  }
}
