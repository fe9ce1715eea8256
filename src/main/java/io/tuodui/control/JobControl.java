package io.tuodui.control;

import static io.tuodui.job.LedgerTask.DEADLINE;

import io.tuodui.config.UserError;
import io.tuodui.job.Job;
import io.tuodui.job.JobRepository;
import io.tuodui.job.Ledger;
import io.tuodui.store.Columns;
import io.tuodui.store.Deadlocks;
import io.tuodui.task.Priority;
import io.tuodui.task.Share;
import io.tuodui.task.TaskQueue;
import io.tuodui.task.TaskStatus;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lists, pauses, resumes and cancels jobs and changes their priority, beside running nodes. The
 * ledger is told first; a node asks it before each batch, so that no call is made for a paused or
 * cancelled job from its next batch on. What is in flight is finished, stored, and counted as what
 * it came to if the job is only paused; of a cancelled job, its calls are still counted.
 */
@Component
public class JobControl {
  private static final Logger LOG = LoggerFactory.getLogger(JobControl.class);
  private static final int CHUNK = 5_000;

  private final JdbcClient jdbc;
  private final JobRepository jobs;
  private final Ledger ledger;
  private final TaskQueue queue;

  JobControl(JdbcClient jdbc, JobRepository jobs, Ledger ledger, TaskQueue queue) {
    this.jdbc = jdbc;
    this.jobs = jobs;
    this.ledger = ledger;
    this.queue = queue;
  }

  /**
   * The newest jobs first.
   *
   * @param limit how many at most
   */
  public List<JobSummary> list(int limit) {
    return jdbc.sql(
            """
            SELECT job.*, (SELECT COUNT(*) FROM job_task task FORCE INDEX (job_state)
                           WHERE task.job_id = job.job_id AND task.state = 'open') AS open_tasks
            FROM job ORDER BY job_id DESC LIMIT :limit
            """)
        .param("limit", limit)
        .query(
            (row, number) ->
                new JobSummary(
                    row.getLong("job_id"),
                    row.getString("source"),
                    row.getString("origin"),
                    row.getString("state"),
                    row.getString("priority"),
                    row.getLong("accepted"),
                    row.getLong("open_tasks"),
                    Columns.instant(row, "started_at"),
                    Columns.instant(row, "deadline"),
                    Columns.instant(row, "finished_at")))
        .list();
  }

  /**
   * Makes no more calls for a job until it is resumed.
   *
   * @return how many ids wait for that
   * @throws UserError when it is not open, or not yet
   */
  public long pause(long job) {
    move(job, Job.OPEN, Job.PAUSED);
    return jobs.open(job);
  }

  /**
   * Goes on with a paused job. Should this be broken off, doing it again completes it.
   *
   * @return how many ids are waited for
   * @throws UserError when it is neither paused nor open
   */
  public long resume(long job) {
    Job resumed = find(job);
    if (!resumed.state().equals(Job.OPEN)) {
      move(job, Job.PAUSED, Job.OPEN);
    }
    Share share = resumed.share();
    queue.startAnew(share);
    // As submitted anew: a node that holds one may have seen it paused a moment ago.
    return forEachOpen(job, ids -> queue.enqueue(share, ids));
  }

  private long forEachOpen(long job, Consumer<List<Long>> step) {
    AtomicLong waiting = new AtomicLong();
    jobs.forEachOpenOf(
        job,
        CHUNK,
        ids -> {
          step.accept(ids);
          waiting.addAndGet(ids.size());
        });
    return waiting.get();
  }

  /**
   * Changes how urgent a job is beside others, from its next claimed ids on. Should this be broken
   * off, doing it again completes it.
   *
   * @return how many ids are waited for
   * @throws UserError when it is finished
   */
  public long prioritise(long job, Priority priority) {
    if (stateOf(job).equals(Job.FINISHED)) {
      throw new UserError("Job " + job + " is finished; its priority means nothing any more.");
    }
    jdbc.sql("UPDATE job SET priority = :priority WHERE job_id = :job")
        .param("priority", priority.word())
        .param("job", job)
        .update();
    Share share = new Share(job, priority);
    queue.startAnew(share);
    // What a more urgent job wants too stays with that one; a paused job has no ids there.
    return forEachOpen(
        job,
        ids -> queue.move(share, ledger.open(queue.source(), ids).getOrDefault(share, List.of())));
  }

  private void move(long job, String from, String to) {
    int moved =
        jdbc.sql("UPDATE job SET state = :to WHERE job_id = :job AND state = :from")
            .param("to", to)
            .param("job", job)
            .param("from", from)
            .update();
    if (moved == 0) {
      throw new UserError("Job %d is %s, not %s.".formatted(job, stateOf(job), from));
    }
  }

  private String stateOf(long job) {
    return find(job).state();
  }

  private Job find(long job) {
    return jobs.find(job)
        .orElseThrow(() -> new UserError("There is no job " + job + "; see ./tuodui jobs list."));
  }

  /**
   * Gives up what a job still waits for; other jobs that wait for the same ids are not concerned.
   * Of one whose list is still being read, on whatever node, no id comes after. Should this be
   * broken off, doing it again completes it.
   *
   * @return how many ids are cancelled
   * @throws UserError when it is finished
   */
  public long cancel(long job) {
    if (stateOf(job).equals(Job.FINISHED)) {
      throw new UserError("Job " + job + " is finished; there is nothing to cancel.");
    }
    // Waits for the chunk that its loader is writing, which locks the job; the next finds it shut.
    // A deadline that is past would open it again.
    jdbc.sql(
            "UPDATE job SET state = 'paused', deadline = NULL"
                + " WHERE job_id = :job AND state = 'loading'")
        .param("job", job)
        .update();
    AtomicLong cancelled = new AtomicLong();
    jobs.forEachOpenOf(job, CHUNK, ids -> cancelled.addAndGet(cancel(job, ids, null)));
    jdbc.sql(
            """
            UPDATE job
            SET state = 'finished', finished_at = UTC_TIMESTAMP(3),
                accepted = (SELECT COUNT(*) FROM job_task task WHERE task.job_id = job.job_id),
                submitted = GREATEST(submitted, accepted)
            WHERE job_id = :job
            """)
        .param("job", job)
        .update();
    return cancelled.get();
  }

  /**
   * Cancels what the jobs whose deadline is past, by the database's clock, still wait for. What is
   * in flight is left to end as it may, or to be cancelled at a later turn. A step of the route
   * {@code expire-jobs}, on every node: doing so twice does no harm.
   */
  public void expire() {
    jdbc.sql(
            "UPDATE job SET state = 'open' WHERE state = 'paused' AND deadline <= UTC_TIMESTAMP(3)")
        .update();
    jdbc.sql("SELECT job_id FROM job WHERE state = 'open' AND deadline <= UTC_TIMESTAMP(3)")
        .query(Long.class)
        .list()
        .forEach(job -> jobs.forEachOpenOf(job, CHUNK, ids -> expire(job, ids)));
  }

  private void expire(long job, List<Long> ids) {
    List<Long> shared = wanted(ledger.openBeside(job, queue.source(), ids));
    List<Long> alone = without(ids, shared);
    queue.review().drop(alone, TaskStatus.DEAD);
    List<Long> left = new ArrayList<>(shared);
    left.addAll(queue.review().absent(alone));
    int cancelled = cancel(job, left, DEADLINE);
    if (cancelled > 0) {
      LOG.info("The deadline of job {} is past: {} ids are cancelled", job, cancelled);
    }
  }

  /** What another job waits for keeps its attempts and its back-off, and goes with that one. */
  private int cancel(long job, List<Long> ids, String why) {
    int cancelled = Deadlocks.repeated(() -> close(job, ids, why));
    queue.review().drop(without(ids, wanted(ledger.open(queue.source(), ids))), TaskStatus.DEAD);
    // Asked again: a job that was submitted meanwhile found its ids due, and gets them back.
    ledger.open(queue.source(), ids).forEach(queue::move);
    return cancelled;
  }

  private static List<Long> wanted(Map<Share, List<Long>> open) {
    return open.values().stream().flatMap(List::stream).toList();
  }

  private static List<Long> without(List<Long> ids, List<Long> others) {
    Set<Long> left = new LinkedHashSet<>(ids);
    others.forEach(left::remove);
    return List.copyOf(left);
  }

  private int close(long job, List<Long> ids, String why) {
    return jdbc.sql(
            """
            UPDATE JSON_TABLE(:ids, '$[*]' COLUMNS (item_id BIGINT PATH '$')) AS ids
            STRAIGHT_JOIN job_task task FORCE INDEX (PRIMARY)
              ON task.job_id = :job AND task.item_id = ids.item_id
            SET task.state = 'cancelled', task.closed_at = UTC_TIMESTAMP(3), task.code = COALESCE(:why, task.code)
            WHERE task.state = 'open'
            """)
        .param("ids", ids.toString())
        .param("job", job)
        .param("why", why)
        .update();
  }
}
