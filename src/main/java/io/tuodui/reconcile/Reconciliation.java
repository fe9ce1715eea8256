package io.tuodui.reconcile;

import io.tuodui.config.TuoduiProperties;
import io.tuodui.job.Job;
import io.tuodui.job.Ledger;
import io.tuodui.task.TaskQueue;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Compares MySQL, Redis and MongoDB and repairs what does not agree, with the ledger as the record.
 * Safe beside running nodes, and on several of them at once: {@link LostTasks}, {@link StaleTasks}
 * and {@link LostItems} say why.
 */
@Component
public class Reconciliation {
  private final Ledger ledger;
  private final LostTasks lostTasks;
  private final StaleTasks staleTasks;
  private final LostItems lostItems;
  private final Repairs repairs;
  private final TaskQueue queue;
  private final TuoduiProperties.Reconcile settings;
  private final Clock clock;

  /** The finished jobs that this process has found whole. */
  private final Set<Long> whole = new HashSet<>();

  Reconciliation(
      Ledger ledger,
      LostTasks lostTasks,
      StaleTasks staleTasks,
      LostItems lostItems,
      Repairs repairs,
      TaskQueue queue,
      TuoduiProperties properties,
      Clock clock) {
    this.ledger = ledger;
    this.lostTasks = lostTasks;
    this.staleTasks = staleTasks;
    this.lostItems = lostItems;
    this.repairs = repairs;
    this.queue = queue;
    this.settings = properties.reconcile();
    this.clock = clock;
  }

  /**
   * The turn of a node: the queue is compared as a whole, the stores with the jobs that finished
   * since the last turn. A job is looked through once by each process, because to read all replies
   * every few minutes would cost more than it finds.
   */
  public synchronized Reconciled turn() {
    Tally tally = new Tally(false);
    compareQueue(tally);
    List<Job> jobs = recentJobs().stream().filter(job -> job.state().equals(Job.FINISHED)).toList();
    whole.retainAll(jobs.stream().map(Job::jobId).collect(Collectors.toSet()));
    for (Job job : jobs) {
      if (!whole.contains(job.jobId()) && lostItems.repair(job, tally)) {
        whole.add(job.jobId());
      }
    }
    return report(tally);
  }

  /**
   * Everything at once, on demand.
   *
   * @param all whether to look through all jobs, however long ago they finished
   * @param dryRun only counts
   */
  public synchronized Reconciled run(boolean all, boolean dryRun) {
    Tally tally = new Tally(dryRun);
    compareQueue(tally);
    List<Job> jobs = all ? ledger.jobs(queue.source(), Instant.EPOCH) : recentJobs();
    jobs.forEach(job -> lostItems.repair(job, tally));
    return report(tally);
  }

  private void compareQueue(Tally tally) {
    lostItems.reopenJobs(tally);
    lostTasks.repair(tally);
    staleTasks.repair(tally);
  }

  private List<Job> recentJobs() {
    return ledger.jobs(queue.source(), clock.instant().minus(settings.finishedWithin()));
  }

  private Reconciled report(Tally tally) {
    Reconciled result = tally.result();
    repairs.tell(result);
    return result;
  }
}
