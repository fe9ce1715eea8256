package io.tuodui.job;

import io.tuodui.config.UserError;
import io.tuodui.task.Priority;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.springframework.boot.convert.DurationStyle;

/**
 * How a submission is to be collected.
 *
 * @param priority beside other jobs
 * @param maxAge an item that was fetched within this time is not called for; {@code null}: all are
 * @param within how long after the submission its open ids are cancelled; {@code null}: not so
 * @param until when its open ids are cancelled; {@code null}: not so
 */
public record Terms(Priority priority, Duration maxAge, Duration within, Instant until) {

  /**
   * Terms as they are configured.
   *
   * @param deadline a duration or a time, such as {@code 2h} or {@code 2026-07-31T08:00:00+08:00};
   *     empty or {@code null}: none
   * @throws UserError when the deadline is neither
   */
  static Terms of(Priority priority, Duration maxAge, String deadline) {
    if (deadline == null || deadline.isBlank()) {
      return new Terms(priority, maxAge, null, null);
    }
    try {
      return new Terms(priority, maxAge, null, OffsetDateTime.parse(deadline).toInstant());
    } catch (DateTimeException noTime) {
      return new Terms(priority, maxAge, duration(deadline), null);
    }
  }

  private static Duration duration(String deadline) {
    try {
      Duration within = DurationStyle.detectAndParse(deadline);
      if (within.isNegative() || within.isZero()) {
        throw new IllegalArgumentException("it is over at once");
      }
      return within;
    } catch (IllegalArgumentException neither) {
      throw new UserError(
          "tuodui.intake.deadline must be a duration, such as 90m or 2h, or a time, such as"
              + " 2026-07-31T08:00:00+08:00, not '"
              + deadline
              + "'.",
          neither);
    }
  }

  Terms with(Priority other) {
    return new Terms(other, maxAge, within, until);
  }
}
