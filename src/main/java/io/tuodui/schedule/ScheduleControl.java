package io.tuodui.schedule;

import io.tuodui.config.UserError;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;

/** Looks at the schedules, and has one submitted out of turn, beside running nodes. */
@Component
@Import({ConfiguredSchedules.class, ScheduleTable.class})
public class ScheduleControl {
  private final ConfiguredSchedules configured;
  private final ScheduleTable table;

  ScheduleControl(ConfiguredSchedules configured, ScheduleTable table) {
    this.configured = configured;
    this.table = table;
  }

  /** By name. */
  public List<ScheduleSummary> list() {
    Map<String, ScheduleRow> rows = table.rows();
    Instant now = table.now();
    return configured.all().stream()
        .map(schedule -> summary(schedule, rows.get(schedule.name()), now))
        .toList();
  }

  private static ScheduleSummary summary(Schedule schedule, ScheduleRow row, Instant now) {
    boolean waits = row != null && row.waitingFor() != null;
    boolean fired = waits || row != null && row.last() != null;
    return new ScheduleSummary(
        schedule.name(),
        schedule.cron().getCronExpression(),
        schedule.zone().getId(),
        schedule.next(now).map(time -> local(time, schedule)).orElse(null),
        fired ? local(waits ? row.waitingFor() : row.last(), schedule) : null,
        fired ? waits ? "waiting" : row.outcome() : null,
        fired ? row.message() : null,
        fired ? row.job() : null,
        fired ? row.jobState() : null);
  }

  private static OffsetDateTime local(Instant time, Schedule schedule) {
    return time.truncatedTo(ChronoUnit.SECONDS).atZone(schedule.zone()).toOffsetDateTime();
  }

  /**
   * Has a node submit the ids of a schedule, as soon as its job before is finished.
   *
   * @throws UserError when it is not configured, or waits to be submitted already
   */
  public void run(String name) {
    Schedule schedule = configured.named(name);
    Instant now = table.now();
    if (!table.rows().containsKey(name)) {
      table.begin(schedule, now);
    }
    if (!table.ask(name, now)) {
      throw new UserError(
          "Schedule " + name + " waits to be submitted already; see ./tuodui schedules list.");
    }
  }
}
