package io.tuodui.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tuodui.config.TuoduiProperties.ScheduleProperties;
import io.tuodui.config.UserError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a schedule fires, and what is said of one that is written wrong. */
class ScheduleTest {

  private static ScheduleProperties settings(String cron, String zone) {
    return new ScheduleProperties(
        cron,
        zone,
        List.of("520000000325"),
        null,
        null,
        10,
        ScheduleProperties.Overlap.SKIP,
        Duration.ZERO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // cron | zone | now | latest | next
        "0 30 2 * * ? | UTC           | 2026-07-31T02:30:00Z | 2026-07-31T02:30:00Z | 2026-08-01T02:30:00Z",
        "0 30 2 * * ? | UTC           | 2026-07-31T02:29:59.999Z | 2026-07-30T02:30:00Z | 2026-07-31T02:30:00Z",
        "0 30 2 * * ? | Asia/Shanghai | 2026-07-31T00:00:00Z | 2026-07-30T18:30:00Z | 2026-07-31T18:30:00Z",
        "* * * * * ?  | UTC           | 2026-07-31T00:00:00.5Z | 2026-07-31T00:00:00Z | 2026-07-31T00:00:01Z",
        // Far back, and within a burst
        "0 0 0 29 2 ? | UTC           | 2027-12-31T00:00:00Z | 2024-02-29T00:00:00Z | 2028-02-29T00:00:00Z",
        "* * 9 ? * MON| UTC           | 2026-08-03T12:00:00Z | 2026-08-03T09:59:59Z | 2026-08-10T09:00:00Z",
        // The hour that a change to summer time leaves out, and the one that it has twice
        "0 30 2 * * ? | Europe/Berlin | 2026-03-30T12:00:00Z | 2026-03-30T00:30:00Z | 2026-03-31T00:30:00Z",
        "0 0 4 * * ?  | Europe/Berlin | 2026-10-25T12:00:00Z | 2026-10-25T03:00:00Z | 2026-10-26T03:00:00Z",
      })
  void knowsTheLatestAndTheNextTime(
      String cron, String zone, Instant now, Instant latest, Instant next) {
    Schedule schedule = Schedule.of("s", settings(cron, zone));
    assertThat(schedule.latest(now)).contains(latest);
    assertThat(schedule.next(now)).contains(next);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "night ly | 0 0 2 * * ? | UTC | 1 |  |                       | 1  | letters, digits and hyphens",
        "nightly  | 0 2 * * *   | UTC | 1 |  |                       | 1  | .cron '0 2 * * *' is no Quartz cron",
        "nightly  |             | UTC | 1 |  |                       | 1  | .cron is missing",
        "nightly  | 0 0 2 * * ? | CST8| 1 |  |                       | 1  | .time-zone: there is no 'CST8'",
        "nightly  | 0 0 2 * * ? | UTC |   |  |                       | 1  | must have one of ids, ids-file and query, and has 0",
        "nightly  | 0 0 2 * * ? | UTC | 1 | f |                      | 1  | and has 2",
        "nightly  | 0 0 2 * * ? | UTC | x |  |                       | 1  | .ids: 'x' is no item id",
        "nightly  | 0 0 2 * * ? | UTC |   |  | DELETE FROM item      | 1  | .query must be a SELECT",
        "nightly  | 0 0 2 * * ? | UTC |   |  | SELECT item_id FROM item | 0 | .limit is 0",
      })
  void saysWhatIsWrong(
      String name,
      String cron,
      String zone,
      String id,
      String file,
      String query,
      int limit,
      String words) {
    ScheduleProperties wrong =
        new ScheduleProperties(
            cron,
            zone,
            id == null ? null : List.of(id),
            file,
            query,
            limit,
            ScheduleProperties.Overlap.SKIP,
            Duration.ZERO);
    assertThatThrownBy(() -> Schedule.of(name, wrong))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("tuodui.schedules." + name)
        .hasMessageContaining(words);
  }
}
