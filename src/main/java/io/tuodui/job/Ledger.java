package io.tuodui.job;

import io.tuodui.store.Columns;
import io.tuodui.task.Priority;
import io.tuodui.task.Share;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The ledger as those read it who check it against the stores, a chunk of ids at a time. */
@Repository
public class Ledger {
  /** A success at the first attempt has no row in the history. */
  private static final String TASK =
      "SELECT task.item_id, task.state, task.calls, task.refused, task.account, task.code,"
          + " task.closed_at, task.answered, CASE WHEN task.state IN ('open', 'cancelled') THEN NULL"
          + " WHEN task.answered = 'fresh' THEN 0 ELSE COALESCE((SELECT MAX(ending.attempt)"
          + " FROM task_attempt ending FORCE INDEX (PRIMARY) WHERE ending.item_id = task.item_id"
          + " AND ending.source = task.source AND ending.at = task.closed_at), 1) END AS attempts ";

  /** Jobs are numbered from 1. */
  private static final long NO_JOB = 0;

  private static final String OF_IDS =
      "FROM JSON_TABLE(:ids, '$[*]' COLUMNS (item_id BIGINT PATH '$')) AS ids ";
  private static final String OF_ANY_JOB =
      OF_IDS
          + "STRAIGHT_JOIN job_task task FORCE INDEX (item) ON task.item_id = ids.item_id"
          + " WHERE task.source = :source";

  private final JdbcClient jdbc;

  Ledger(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The next ids of a job, in ascending order; the first have {@code after = 0}. */
  public List<LedgerTask> tasks(long job, long after, int max) {
    return jdbc.sql(
            TASK
                + "FROM job_task task WHERE task.job_id = :job AND task.item_id > :after"
                + " ORDER BY task.item_id LIMIT :max")
        .param("job", job)
        .param("after", after)
        .param("max", max)
        .query(Ledger::task)
        .list();
  }

  /** Those of the ids that the job has. */
  public Map<Long, LedgerTask> tasks(long job, Collection<Long> itemIds) {
    Map<Long, LedgerTask> tasks = new HashMap<>();
    jdbc.sql(
            TASK
                + OF_IDS
                + "STRAIGHT_JOIN job_task task FORCE INDEX (PRIMARY)"
                + " ON task.job_id = :job AND task.item_id = ids.item_id")
        .param("job", job)
        .param("ids", itemIds.toString())
        .query(Ledger::task)
        .list()
        .forEach(task -> tasks.put(task.itemId(), task));
    return tasks;
  }

  private static LedgerTask task(ResultSet row, int number) throws SQLException {
    return new LedgerTask(
        row.getLong("item_id"),
        row.getString("state"),
        row.getInt("calls"),
        row.getInt("refused"),
        row.getObject("attempts", Integer.class),
        row.getString("account"),
        row.getString("code"),
        Columns.instant(row, "closed_at"),
        row.getString("answered"));
  }

  /**
   * Those of the ids that a job waits for that is not paused; each with the most urgent of them.
   */
  public Map<Share, List<Long>> open(String source, Collection<Long> itemIds) {
    return openBeside(NO_JOB, source, itemIds);
  }

  /** As the other, without what only this job waits for. */
  public Map<Share, List<Long>> openBeside(long job, String source, Collection<Long> itemIds) {
    Map<Long, Share> mostUrgent = new LinkedHashMap<>();
    jdbc.sql(
            "SELECT task.item_id, job.job_id, job.priority "
                + OF_IDS
                + "STRAIGHT_JOIN job_task task FORCE INDEX (item) ON task.item_id = ids.item_id"
                + " STRAIGHT_JOIN job FORCE INDEX (PRIMARY) ON job.job_id = task.job_id"
                + " WHERE task.source = :source AND task.state = 'open' AND job.state <> 'paused'"
                + " AND task.job_id <> :job ORDER BY job.priority, job.job_id")
        .param("ids", itemIds.toString())
        .param("source", source)
        .param("job", job)
        .query(
            row -> {
              mostUrgent.put(
                  row.getLong("item_id"),
                  new Share(row.getLong("job_id"), Priority.of(row.getString("priority"))));
            });
    return mostUrgent.keySet().stream().collect(Collectors.groupingBy(mostUrgent::get));
  }

  /**
   * How ids stand over all jobs: {@code open} if any waits for it, else how it ended. An id that no
   * job has is left out.
   */
  public Map<Long, String> states(String source, Collection<Long> itemIds) {
    Map<Long, String> states = new HashMap<>();
    jdbc.sql(
            "SELECT task.item_id, IF(SUM(task.state = 'open') > 0, 'open', MAX(task.state)) AS"
                + " state "
                + OF_ANY_JOB
                + " GROUP BY task.item_id")
        .param("ids", itemIds.toString())
        .param("source", source)
        .query(
            row -> {
              states.put(row.getLong("item_id"), row.getString("state"));
            });
    return states;
  }

  /** Those of the ids that a job waits for, or that ended in any job since. */
  public Set<Long> openOrClosedSince(String source, Collection<Long> itemIds, Instant since) {
    return jdbc.sql(
            "SELECT DISTINCT task.item_id "
                + OF_ANY_JOB
                + " AND (task.state = 'open' OR task.closed_at >= :since)")
        .param("ids", itemIds.toString())
        .param("source", source)
        .param("since", Columns.time(since))
        .query(Long.class)
        .set();
  }

  /** The jobs that are not finished, and those that finished since; the oldest first. */
  public List<Job> jobs(String source, Instant finishedSince) {
    return jdbc.sql(
            "SELECT "
                + JobRepository.COLUMNS
                + " FROM job WHERE source = :source"
                + " AND (state <> 'finished' OR finished_at >= :since) ORDER BY job_id")
        .param("source", source)
        .param("since", Columns.time(finishedSince))
        .query(JobRepository.JOB)
        .list();
  }

  /**
   * Opens ids again that a job counts as succeeded, unless they changed since they were read: what
   * was collected anew meanwhile stays closed.
   *
   * @return how many
   */
  public int reopen(long job, Collection<LedgerTask> succeeded) {
    List<List<String>> rows = new ArrayList<>();
    for (LedgerTask task : succeeded) {
      String closedAt = Columns.time(task.closedAt());
      rows.add(
          List.of(Long.toString(task.itemId()), closedAt == null ? "null" : '"' + closedAt + '"'));
    }
    return jdbc.sql(
            """
            UPDATE JSON_TABLE(:rows, '$[*]' COLUMNS (
              item_id BIGINT PATH '$[0]',
              closed_at DATETIME(3) PATH '$[1]')) AS seen
            STRAIGHT_JOIN job_task task FORCE INDEX (PRIMARY)
              ON task.job_id = :job AND task.item_id = seen.item_id
            SET task.state = 'open', task.closed_at = NULL, task.answered = 'call'
            WHERE task.state = 'succeeded' AND task.closed_at <=> seen.closed_at
            """)
        .param("rows", rows.toString())
        .param("job", job)
        .update();
  }

  /**
   * Opens every finished job again that has an open id: one that was opened again, now or before a
   * crash. A deadline that is past is forgotten.
   *
   * @return how many
   */
  public int reopenJobs() {
    return jdbc.sql(
            """
            UPDATE job
            SET state = 'open', finished_at = NULL, deadline = IF(deadline <= UTC_TIMESTAMP(3), NULL, deadline)
            WHERE state = 'finished'
              AND EXISTS (SELECT 1 FROM job_task task FORCE INDEX (job_state)
                          WHERE task.job_id = job.job_id AND task.state = 'open')
            """)
        .update();
  }
}
