package io.tuodui.job;

import io.tuodui.config.UserError;
import io.tuodui.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Computes receipts from the ledger in MySQL, and from nothing else. */
@Component
public class Receipts {
  private static final String SQL =
      """
      SELECT job.job_id, job.source, job.origin, job.state, job.invalid, job.started_at, job.finished_at,
             IF(job.state = 'loading', tasks.accepted, job.submitted) AS submitted, tasks.*
      FROM job, (
        SELECT COUNT(*)                              AS accepted,
               COALESCE(SUM(state = 'succeeded'), 0) AS succeeded,
               COALESCE(SUM(state = 'gone'), 0)      AS gone,
               COALESCE(SUM(state = 'dead'), 0)      AS dead,
               COALESCE(SUM(state = 'cancelled'), 0) AS cancelled,
               COALESCE(SUM(state = 'open'), 0)      AS open_tasks,
               COALESCE(SUM(calls), 0)               AS calls,
               COALESCE(SUM(refused), 0)             AS refused,
               COALESCE(SUM(GREATEST(calls - 1, 0)), 0) AS retried,
               COALESCE(SUM(state <> 'open' AND answered = 'fresh'), 0)         AS fresh,
               COALESCE(SUM(state <> 'open' AND answered = 'shared'), 0)        AS shared,
               COALESCE(SUM(state = 'cancelled' AND code <=> 'deadline'), 0)    AS expired
        FROM job_task WHERE job_id = :job) AS tasks
      WHERE job.job_id = :job
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  Receipts(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  public Receipt of(long jobId) {
    return find(jobId)
        .orElseThrow(() -> new UserError("There is no job " + jobId + "; see ./tuodui jobs list."));
  }

  /** Empty when there is no such job. */
  public Optional<Receipt> find(long jobId) {
    return jdbc.sql(SQL).param("job", jobId).query((row, number) -> receipt(row)).optional();
  }

  private Receipt receipt(ResultSet row) throws SQLException {
    long accepted = row.getLong("accepted");
    long open = row.getLong("open_tasks");
    Instant startedAt = Columns.instant(row, "started_at");
    Instant finishedAt = Columns.instant(row, "finished_at");
    Instant until = finishedAt == null ? clock.instant() : finishedAt;
    double seconds = Duration.between(startedAt, until).toMillis() / 1000.0;
    long explained = accepted - open;
    return new Receipt(
        row.getLong("job_id"),
        row.getString("source"),
        row.getString("origin"),
        row.getLong("submitted"),
        accepted,
        row.getLong("submitted") - row.getLong("invalid") - accepted,
        row.getLong("invalid"),
        row.getLong("succeeded"),
        row.getLong("gone"),
        row.getLong("dead"),
        row.getLong("cancelled"),
        open,
        row.getLong("calls"),
        row.getLong("refused"),
        row.getLong("retried"),
        row.getLong("fresh"),
        row.getLong("shared"),
        row.getLong("expired"),
        startedAt,
        finishedAt,
        seconds,
        seconds > 0 ? Math.round(explained / seconds * 10) / 10.0 : 0,
        row.getString("state").equals(Job.FINISHED) && open == 0);
  }
}
