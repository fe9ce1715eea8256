package io.tuodui.schedule;

import io.tuodui.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table {@code job_schedule}: what became of the schedules' times. Every change names the row
 * as it was read, so that of two nodes one makes it.
 */
@Repository
class ScheduleTable {
  private final JdbcClient jdbc;

  ScheduleTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The time by MySQL's clock: the nodes' may differ. */
  Instant now() {
    return jdbc.sql("SELECT UTC_TIMESTAMP(3)")
        .query(LocalDateTime.class)
        .single()
        .toInstant(ZoneOffset.UTC);
  }

  Map<String, ScheduleRow> rows() {
    Map<String, ScheduleRow> rows = new HashMap<>();
    jdbc.sql(
            "SELECT schedule.*, job.state AS job_state FROM job_schedule schedule"
                + " LEFT JOIN job ON job.job_id = schedule.job_id")
        .query((row, number) -> row(row))
        .list()
        .forEach(row -> rows.put(row.name(), row));
    return rows;
  }

  private static ScheduleRow row(ResultSet row) throws SQLException {
    return new ScheduleRow(
        row.getString("name"),
        row.getString("cron"),
        row.getString("time_zone"),
        Columns.instant(row, "fired_for"),
        Columns.instant(row, "waiting_for"),
        row.getObject("job_id", Long.class),
        row.getString("job_state"),
        Columns.instant(row, "last_time"),
        row.getString("outcome"),
        row.getString("message"));
  }

  /** Counts the times of a schedule from now on: it is new, or its cron is. */
  void begin(Schedule schedule, Instant now) {
    jdbc.sql(
            "INSERT INTO job_schedule (name, cron, time_zone, fired_for, changed_at)"
                + " VALUES (:name, :cron, :zone, :now, :now)"
                + " ON DUPLICATE KEY UPDATE cron = :cron, time_zone = :zone, fired_for = :now,"
                + " changed_at = :now")
        .param("name", schedule.name())
        .param("cron", schedule.cron().getCronExpression())
        .param("zone", schedule.zone().getId())
        .param("now", Columns.time(now))
        .update();
  }

  /** A schedule that is no longer configured counts from its beginning when it comes back. */
  void forget(String name) {
    jdbc.sql("DELETE FROM job_schedule WHERE name = :name AND waiting_for IS NULL")
        .param("name", name)
        .update();
  }

  /**
   * A time has come, and its job is to be submitted.
   *
   * @return whether it was this call that said so
   */
  boolean await(ScheduleRow row, Instant time) {
    return deal(row, time, "waiting_for = :time");
  }

  /**
   * A time has come, and no job is to be submitted for it.
   *
   * @param outcome skipped or missed
   * @return whether it was this call that said so
   */
  boolean pass(ScheduleRow row, Instant time, String outcome) {
    return deal(row, time, "last_time = :time, outcome = '" + outcome + "', message = NULL");
  }

  private boolean deal(ScheduleRow row, Instant time, String change) {
    return jdbc.sql(
                "UPDATE job_schedule SET fired_for = :time, changed_at = UTC_TIMESTAMP(3), "
                    + change
                    + " WHERE name = :name AND fired_for = :before")
            .param("time", Columns.time(time))
            .param("name", row.name())
            .param("before", Columns.time(row.firedFor()))
            .update()
        == 1;
  }

  /** A person asks for a job; false when one waits already. */
  boolean ask(String name, Instant time) {
    return jdbc.sql(
                "UPDATE job_schedule SET waiting_for = :time, changed_at = UTC_TIMESTAMP(3)"
                    + " WHERE name = :name AND waiting_for IS NULL")
            .param("time", Columns.time(time))
            .param("name", name)
            .update()
        == 1;
  }

  /** Lets one node at a time, in a transaction, find or make the job of a firing. */
  void lock(String name) {
    jdbc.sql("SELECT name FROM job_schedule WHERE name = :name FOR UPDATE")
        .param("name", name)
        .query(String.class)
        .optional();
  }

  /**
   * What waited does not any more.
   *
   * @param outcome submitted, empty or failed
   * @param job that was submitted, or {@code null}
   * @param message why it failed, or {@code null}
   */
  void settle(Firing firing, String outcome, Long job, String message) {
    jdbc.sql(
            "UPDATE job_schedule SET waiting_for = NULL, last_time = :time, outcome = :outcome,"
                + " message = :message, job_id = COALESCE(:job, job_id),"
                + " changed_at = UTC_TIMESTAMP(3)"
                + " WHERE name = :name AND waiting_for = :time")
        .param("outcome", outcome)
        .param("message", Columns.text(message, 1000))
        .param("job", job)
        .param("name", firing.schedule().name())
        .param("time", Columns.time(firing.time()))
        .update();
  }
}
