package io.tuodui.reconcile;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Compares MySQL, Redis and MongoDB and repairs what does not agree, with the ledger as the record.
 * Safe beside running nodes, and on several of them at once: {@link LostTasks}, {@link StaleTasks}
 * and {@link LostItems} say why. What it repairs is counted in {@code tuodui.reconcile.repairs}.
 */
@Component
public class Reconciliation {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

  private final Ledger ledger;
  private final LostTasks lostTasks;
  private final StaleTasks staleTasks;
  private final LostItems lostItems;
  private final TaskQueue queue;
  private final TuoduiProperties.Reconcile settings;
  private final Clock clock;
  private final Counter putBack;
  private final Counter dropped;
  private final Counter reopened;

  /** The finished jobs that this process has found whole. */
  private final Set<Long> whole = new HashSet<>();

  Reconciliation(
      Ledger ledger,
      LostTasks lostTasks,
      StaleTasks staleTasks,
      LostItems lostItems,
      TaskQueue queue,
      TuoduiProperties properties,
      Clock clock,
      MeterRegistry meters) {
    this.ledger = ledger;
    this.lostTasks = lostTasks;
    this.staleTasks = staleTasks;
    this.lostItems = lostItems;
    this.queue = queue;
    this.settings = properties.reconcile();
    this.clock = clock;
    this.putBack = repairs(meters, "put-back");
    this.dropped = repairs(meters, "dropped");
    this.reopened = repairs(meters, "reopened");
  }

  private static Counter repairs(MeterRegistry meters, String kind) {
    return Counter.builder("tuodui.reconcile.repairs")
        .description("Ids that the comparison of the stores repaired")
        .tag("kind", kind)
        .register(meters);
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
    if (!tally.dryRun) {
      tell(putBack, result.putBack(), "open tasks were missing in the queue and are put back");
      tell(dropped, result.dropped(), "tasks were queued although they had ended and are dropped");
      tell(reopened, result.reopened(), "ids succeeded but were not stored and are due again");
    }
    if (result.unknown() > 0) {
      LOG.warn(
          "{} ids are queued that no job has; do two ledgers share this Redis and its prefix?",
          result.unknown());
    }
    return result;
  }

  private static void tell(Counter counter, long count, String what) {
    if (count > 0) {
      counter.increment(count);
      LOG.warn("{} {}", count, what);
    }
  }
}
