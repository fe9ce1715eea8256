package io.tuodui.store;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Values as MySQL's columns take them. */
public final class Columns {
  private Columns() {}

  /** A DATETIME(3) in UTC, or {@code null}. */
  public static LocalDateTime time(Instant instant) {
    return instant == null
        ? null
        : LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);
  }

  /** A text that fits: at most so many characters, as MySQL counts them, which is by code point. */
  public static String text(String value, int length) {
    if (value == null || value.length() <= length) {
      return value;
    }
    return value.codePointCount(0, value.length()) <= length
        ? value
        : value.substring(0, value.offsetByCodePoints(0, length));
  }
}
