package io.tuodui.gateway;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * The platform's dates (protocol sections 2 and 3.1): {@code yyyyMMddHHmmssSSS+0800}, {@code
 * yyyyMMddHHmmss+0800}, {@code yyyy-MM-dd HH:mm:ss} and {@code yyyy-MM-dd}; without an offset they
 * are in GMT+8.
 */
final class PlatformDates {

  /** China's time, without summer time. */
  static final ZoneId ZONE = ZoneOffset.ofHours(8);

  private static final DateTimeFormatter COMPACT =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSSxx");
  private static final DateTimeFormatter COMPACT_SECONDS =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx");
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  /** 1688 opened in 1999; what lies outside stands for "never" or is broken. */
  private static final Instant EARLIEST = Instant.parse("1999-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  private PlatformDates() {}

  /** The instant, to the millisecond, or {@code null} when the text is none of the forms. */
  static Instant parse(String text) {
    if (text == null) {
      return null;
    }
    try {
      Instant instant = read(text);
      return instant == null || instant.isBefore(EARLIEST) || instant.isAfter(LATEST)
          ? null
          : instant.truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeException noDate) {
      return null;
    }
  }

  private static Instant read(String text) {
    return switch (text.length()) {
      case 22 -> OffsetDateTime.parse(text, COMPACT).toInstant();
      case 19 ->
          text.charAt(4) == '-'
              ? LocalDateTime.parse(text, DATE_TIME).atZone(ZONE).toInstant()
              : OffsetDateTime.parse(text, COMPACT_SECONDS).toInstant();
      case 10 -> LocalDate.parse(text).atStartOfDay(ZONE).toInstant();
      default -> null;
    };
  }
}
