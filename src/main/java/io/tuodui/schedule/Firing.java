package io.tuodui.schedule;

import io.tuodui.item.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A schedule's job that is to be submitted.
 *
 * @param time for which it is, by the schedule's cron, or when a person asked for it
 */
record Firing(Schedule schedule, Instant time) {

  /** What the job says of its ids. */
  String origin() {
    return "schedule "
        + schedule.name()
        + " at "
        + time.truncatedTo(ChronoUnit.SECONDS).atZone(schedule.zone()).toOffsetDateTime();
  }

  /** The same for each try to submit it, on whichever node. */
  String fingerprint() {
    String identity = "schedule|" + schedule.name() + "|" + time;
    return Sha256.hex(identity.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
  }
}
