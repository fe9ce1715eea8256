package io.tuodui.reconcile;

import io.tuodui.config.TuoduiProperties;
import io.tuodui.store.Columns;
import io.tuodui.store.Deadlocks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes finished jobs from the ledger, if that is wanted. Each row of an item there is one more
 * for every batch to look at that has the item, and a list that is collected every hour adds one
 * each time. What was collected stays, and so does a job with dead letters that nobody has decided
 * about.
 */
@Component
public final class OldJobs {
  private static final Logger LOG = LoggerFactory.getLogger(OldJobs.class);
  private static final int CHUNK = 1_000;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Duration kept;
  private final Clock clock;

  OldJobs(
      JdbcClient jdbc, TransactionTemplate transaction, TuoduiProperties properties, Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.kept = properties.jobs().kept();
    this.clock = clock;
  }

  /** Deletes those that finished longer ago than jobs are kept. */
  public void forget() {
    if (kept != null) {
      int deleted = deleteFinishedBefore(clock.instant().minus(kept));
      LOG.info("{} jobs that finished over {} ago are deleted", deleted, kept);
    }
  }

  /**
   * Deletes a chunk of ids at a time; what is broken off goes on at the next turn.
   *
   * @return how many jobs
   */
  int deleteFinishedBefore(Instant time) {
    List<Long> jobs = finishedBefore(time);
    for (long job : jobs) {
      boolean more = true;
      while (more) {
        more = Deadlocks.repeated(() -> transaction.execute(status -> deleteChunk(job)));
      }
    }
    return jobs.size();
  }

  private List<Long> finishedBefore(Instant time) {
    return jdbc.sql(
            """
            SELECT job.job_id FROM job
            WHERE job.state = 'finished' AND job.finished_at < :time
              AND NOT EXISTS (
                SELECT 1 FROM job_task task FORCE INDEX (job_state)
                JOIN dead_letter letter FORCE INDEX (item)
                  ON letter.item_id = task.item_id AND letter.source = task.source AND letter.status = 'open'
                WHERE task.job_id = job.job_id AND task.state = 'dead')
            ORDER BY job.job_id
            """)
        .param("time", Columns.time(time))
        .query(Long.class)
        .list();
  }

  /** Returns whether there is more of the job to delete. */
  private boolean deleteChunk(long job) {
    // Locked first, as replay does, which may open it again: then it stays.
    boolean finished =
        jdbc.sql("SELECT state = 'finished' FROM job WHERE job_id = :job FOR UPDATE")
            .param("job", job)
            .query(Boolean.class)
            .optional()
            .orElse(false);
    if (!finished) {
      return false;
    }
    List<Long> ids =
        jdbc.sql("SELECT item_id FROM job_task WHERE job_id = :job ORDER BY item_id LIMIT " + CHUNK)
            .param("job", job)
            .query(Long.class)
            .list();
    if (ids.isEmpty()) {
      jdbc.sql("DELETE FROM job WHERE job_id = :job").param("job", job).update();
      return false;
    }
    // Of the history, what a job that is kept may have brought about is kept.
    jdbc.sql(
            """
            DELETE attempt
            FROM JSON_TABLE(:ids, '$[*]' COLUMNS (item_id BIGINT PATH '$')) AS ids
            STRAIGHT_JOIN task_attempt attempt FORCE INDEX (PRIMARY) ON attempt.item_id = ids.item_id
            WHERE NOT EXISTS (
              SELECT 1 FROM job_task task FORCE INDEX (item)
              JOIN job FORCE INDEX (PRIMARY) ON job.job_id = task.job_id
              WHERE task.item_id = attempt.item_id AND task.source = attempt.source
                AND task.job_id <> :job AND job.started_at <= attempt.at)
            """)
        .param("ids", ids.toString())
        .param("job", job)
        .update();
    jdbc.sql("DELETE FROM job_task WHERE job_id = :job AND item_id <= :last")
        .param("job", job)
        .param("last", ids.get(ids.size() - 1))
        .update();
    return true;
  }
}
