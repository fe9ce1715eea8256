package io.tuodui.schedule;

import java.time.Instant;

/**
 * How a schedule stands, as in the table {@code job_schedule}.
 *
 * @param firedFor the newest time of its cron that is dealt with
 * @param waitingFor the time for which a job is still to be submitted, or {@code null}
 * @param job its newest job, or {@code null}
 * @param jobState of that job, or {@code null}
 * @param last the newest time that does not wait, of its cron or when a person asked, or {@code
 *     null} before the first
 * @param outcome of {@code last}: submitted, empty, skipped, missed or failed, or {@code null}
 * @param message why it failed, or {@code null}
 */
record ScheduleRow(
    String name,
    String cron,
    String timeZone,
    Instant firedFor,
    Instant waitingFor,
    Long job,
    String jobState,
    Instant last,
    String outcome,
    String message) {

  /** Whether its last job is still to come or to be finished. */
  boolean busy() {
    return waitingFor != null || jobUnfinished();
  }

  boolean jobUnfinished() {
    return jobState != null && !jobState.equals("finished");
  }

  /** Whether it was last seen with this cron and zone. */
  boolean agreesWith(Schedule schedule) {
    return cron.equals(schedule.cron().getCronExpression())
        && timeZone.equals(schedule.zone().getId());
  }
}
