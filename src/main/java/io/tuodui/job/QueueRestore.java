package io.tuodui.job;

import io.tuodui.task.TaskQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Puts back what the ledger says is open and the queue does not have: after a crash between the
 * two, and after Redis was lost. An id that is queued or in flight is left alone.
 */
@Component
public final class QueueRestore {
  private static final Logger LOG = LoggerFactory.getLogger(QueueRestore.class);
  private static final int CHUNK = 5_000;

  private final JobRepository jobs;
  private final TaskQueue queue;
  private boolean restoredSinceStart;

  QueueRestore(JobRepository jobs, TaskQueue queue) {
    this.jobs = jobs;
    this.queue = queue;
  }

  /** Does so when this node has just started, or Redis has lost a part of the queue. */
  public synchronized void restoreIfLost() {
    if (!restoredSinceStart || !queue.review().isFilled()) {
      restore();
      restoredSinceStart = true;
    }
  }

  private void restore() {
    AtomicLong restored = new AtomicLong();
    queue
        .review()
        .fill(
            () ->
                jobs.forEachOpen(
                    queue.source(),
                    CHUNK,
                    (share, ids) -> restored.addAndGet(queue.putBack(share, ids))));
    if (restored.get() > 0) {
      LOG.warn("{} open tasks were missing in the queue and are put back", restored);
    }
  }
}
