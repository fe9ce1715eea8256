package io.tuodui.account;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** When the platform begins to count a new day. */
final class DayReset {

  /**
   * How long after 00:00 GMT+8 the new day is trusted. Without it a clock slightly ahead of the
   * platform's, or a reply under way at midnight, would have an account parked for the new day too.
   */
  static final Duration MARGIN = Duration.ofSeconds(5);

  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);

  private DayReset() {}

  /** The first moment after the given one at which a new day can be trusted to have begun. */
  static Instant after(Instant now) {
    LocalDate day = now.minus(MARGIN).atOffset(ZONE).toLocalDate();
    return day.plusDays(1).atStartOfDay().toInstant(ZONE).plus(MARGIN);
  }
}
