package io.tuodui.schedule;

import java.time.Instant;

/**
 * How a schedule stands, as in the table {@code job_schedule}.
 *
 * @param firedFor the newest time of its cron that is dealt with
 * @param waitingFor the time for which a job is still to be submitted, or {@code null}
 * @param job its newest job, or {@code null}
 * @param jobState of that job, or {@code null}
 * @param outcome of the newest time that does not wait: submitted, empty, skipped, missed or
 *     failed; {@code null} before the first
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
