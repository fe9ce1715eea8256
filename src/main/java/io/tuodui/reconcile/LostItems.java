package io.tuodui.reconcile;

import io.tuodui.job.Job;
import io.tuodui.job.Ledger;
import io.tuodui.job.LedgerTask;
import io.tuodui.store.Deadlocks;
import io.tuodui.store.Evidence;
import io.tuodui.store.StoredEvidence;
import io.tuodui.task.TaskQueue;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Finds ids that succeeded by the ledger but have no row or no raw reply, and has them collected
 * again.
 *
 * <p>What is in flight is safe from it. A node stores an item in both stores before the ledger says
 * that it succeeded, and nothing in Tuodui deletes either; the ledger is read first and the stores
 * afterwards, so what is not there then was lost. A row of the ledger is opened only if it is still
 * as it was read: one that another node opened, and that was collected since, stays closed. First
 * the rows are opened, then their jobs, then they are queued, so that a crash in between leaves
 * either an open job with an open id that the queue lacks, which {@link LostTasks} finds, or a
 * finished one, which the next turn opens before it looks at anything else. They are queued as
 * submitted anew: should a node hold the id right now and have told the ledger already, it becomes
 * due again when that node ends it.
 */
@Component
public final class LostItems {
  private static final int CHUNK = 1_000;

  private final Ledger ledger;
  private final StoredEvidence stored;
  private final TaskQueue queue;

  LostItems(Ledger ledger, StoredEvidence stored, TaskQueue queue) {
    this.ledger = ledger;
    this.stored = stored;
    this.queue = queue;
  }

  /** Opens finished jobs with open ids: a turn that was broken off may have left some. */
  void reopenJobs(Tally tally) {
    if (!tally.dryRun) {
      tally.reopenedJobs += ledger.reopenJobs();
    }
  }

  /**
   * Looks through one job.
   *
   * @return whether nothing was missing
   */
  boolean repair(Job job, Tally tally) {
    long before = tally.reopened;
    tally.jobs++;
    long after = 0;
    List<LedgerTask> tasks = ledger.tasks(job.jobId(), after, CHUNK);
    while (!tasks.isEmpty()) {
      repair(
          job,
          tasks.stream().filter(task -> task.state().equals(LedgerTask.SUCCEEDED)).toList(),
          tally);
      after = tasks.get(tasks.size() - 1).itemId();
      tasks = ledger.tasks(job.jobId(), after, CHUNK);
    }
    return tally.reopened == before;
  }

  private void repair(Job job, List<LedgerTask> succeeded, Tally tally) {
    if (succeeded.isEmpty()) {
      return;
    }
    tally.succeeded += succeeded.size();
    Map<Long, Evidence> evidence =
        stored.of(job.source(), succeeded.stream().map(LedgerTask::itemId).toList());
    List<LedgerTask> lost =
        succeeded.stream().filter(task -> !evidence.get(task.itemId()).isWhole()).toList();
    if (lost.isEmpty()) {
      return;
    }
    if (tally.dryRun) {
      tally.reopened += lost.size();
      return;
    }
    tally.reopened += Deadlocks.repeated(() -> ledger.reopen(job.jobId(), lost));
    tally.reopenedJobs += ledger.reopenJobs();
    ledger
        .open(queue.source(), lost.stream().map(LedgerTask::itemId).toList())
        .forEach(queue::enqueue);
  }
}
