package io.tuodui.reconcile;

import io.tuodui.job.JobRepository;
import io.tuodui.job.Ledger;
import io.tuodui.task.Share;
import io.tuodui.task.TaskQueue;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Finds ids that are open in the ledger and nowhere in the queue, and puts them back.
 *
 * <p>What is in flight is safe from it. A node tells the ledger first and the queue afterwards, so
 * an id that was settled since the ledger was read is missing in the queue but closed in the
 * ledger: the ledger is asked again, after the queue. An id that is leased counts as there, and
 * {@link TaskQueue#putBack} leaves alone whatever came back meanwhile. What remains is an id that a
 * submission has just committed and is about to queue, or one that is queued, called for and
 * settled within the milliseconds between the two steps: it is put back for nothing, and {@code
 * drop-explained} ends it without a call.
 */
@Component
public final class LostTasks {
  private static final int CHUNK = 5_000;

  private final JobRepository jobs;
  private final Ledger ledger;
  private final TaskQueue queue;

  LostTasks(JobRepository jobs, Ledger ledger, TaskQueue queue) {
    this.jobs = jobs;
    this.ledger = ledger;
    this.queue = queue;
  }

  void repair(Tally tally) {
    jobs.forEachOpen(
        queue.source(),
        CHUNK,
        (share, open) -> {
          tally.open += open.size();
          List<Long> absent = queue.review().absent(open);
          if (!absent.isEmpty()) {
            Map<Share, List<Long>> lost = ledger.open(queue.source(), absent);
            tally.putBack +=
                tally.dryRun
                    ? lost.values().stream().mapToLong(List::size).sum()
                    : queue.putBack(lost);
          }
        });
  }
}
