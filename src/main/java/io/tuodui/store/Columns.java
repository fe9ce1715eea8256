package io.tuodui.store;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;

/** Values as MySQL's columns take them. */
public final class Columns {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private Columns() {}

  /**
   * A row as its statement takes it. Positions instead of names: MySQL searches a JSON object from
   * its start for every column, which took a third of its time.
   */
  public static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }

  /** A DATETIME(3) in UTC, as text, or {@code null}. */
  public static String time(Instant instant) {
    return instant == null ? null : TIME.format(instant);
  }

  /** A DATETIME in UTC of a row that was read, or {@code null}. */
  public static Instant instant(ResultSet row, String column) throws SQLException {
    LocalDateTime time = row.getObject(column, LocalDateTime.class);
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }

  /**
   * A text that fits: at most so many characters, as MySQL counts them, which is by code point. Of
   * a character that the platform cut in half, a replacement character is left: MySQL would refuse
   * the half.
   */
  public static String text(String value, int length) {
    if (value == null) {
      return null;
    }
    String whole = withoutHalves(value);
    return whole.length() <= length || whole.codePointCount(0, whole.length()) <= length
        ? whole
        : whole.substring(0, whole.offsetByCodePoints(0, length));
  }

  private static String withoutHalves(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isSurrogate(value.charAt(i))) {
        return new String(value.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
      }
    }
    return value;
  }
}
