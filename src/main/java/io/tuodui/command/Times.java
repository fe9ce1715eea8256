package io.tuodui.command;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times as people read and write them on the command line: in UTC. */
final class Times implements ITypeConverter<Instant> {
  private static final DateTimeFormatter TEXT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private static final Pattern AGO = Pattern.compile("(\\d{1,9})([smhd])");

  private static final List<Function<String, Instant>> FORMS =
      List.of(
          text -> OffsetDateTime.parse(text).toInstant(),
          text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
          text -> LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());

  /** A time, or {@code -} for none. */
  static String text(Instant time) {
    return time == null ? "-" : TEXT.format(time);
  }

  /** How long something takes, to the unit that matters. */
  static String text(Duration time) {
    long millis = time.toMillis();
    if (millis < 1_000) {
      return millis + " ms";
    }
    return millis < 120_000 ? millis / 100 / 10.0 + " s" : time.toMinutes() + " min";
  }

  @Override
  public Instant convert(String text) {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      long count = Long.parseLong(ago.group(1));
      return Instant.now()
          .minus(
              switch (ago.group(2)) {
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(Math.min(count, 100_000));
              });
    }
    String iso = text.strip().replace(' ', 'T');
    for (Function<String, Instant> form : FORMS) {
      try {
        return form.apply(iso);
      } catch (DateTimeParseException other) {
        // The next form may fit.
      }
    }
    throw new TypeConversionException(
        "'"
            + text
            + "' is no time: write 2026-07-31, 2026-07-31T08:00 (both UTC),"
            + " 2026-07-31T08:00:00+08:00, or how long ago: 90s, 30m, 12h, 7d");
  }
}
