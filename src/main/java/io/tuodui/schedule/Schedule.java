package io.tuodui.schedule;

import io.tuodui.config.TuoduiProperties.ScheduleProperties;
import io.tuodui.config.UserError;
import io.tuodui.intake.ItemId;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.quartz.CronExpression;

/**
 * A schedule of the user's own: when it fires, and which ids it collects then.
 *
 * @param cron of Quartz, in the zone
 * @param ids the list, where they are given as such
 * @param idsFile a list of ids in a file; {@code null} where they come otherwise
 * @param query a statement whose first column is item ids; {@code null} where they come otherwise
 * @param limit how many ids a query gives at most
 * @param queue whether a firing waits for the job of the one before, or else is skipped
 * @param catchUp how late a firing may be that was missed
 */
record Schedule(
    String name,
    CronExpression cron,
    ZoneId zone,
    List<Long> ids,
    String idsFile,
    String query,
    int limit,
    boolean queue,
    Duration catchUp) {

  private static final Duration LONGEST_PAUSE = Duration.ofDays(8 * 366);

  /**
   * Reads a schedule as it is configured.
   *
   * @throws UserError that names the key and what is wrong with it
   */
  static Schedule of(String name, ScheduleProperties settings) {
    String key = "tuodui.schedules." + name;
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9-]{0,59}")) {
      throw new UserError(key + ": a name has 1 to 60 letters, digits and hyphens.");
    }
    boolean list = settings.ids() != null && !settings.ids().isEmpty();
    long given =
        Stream.of(list, has(settings.idsFile()), has(settings.query())).filter(is -> is).count();
    if (given != 1) {
      throw new UserError(
          key + " must have one of ids, ids-file and query, and has " + given + ".");
    }
    if (has(settings.query()) && !settings.query().strip().matches("(?is)(select|with)\\b.*")) {
      throw new UserError(key + ".query must be a SELECT whose first column is item ids.");
    }
    if (settings.limit() < 1) {
      throw new UserError(key + ".limit is " + settings.limit() + ": it must be 1 or more.");
    }
    if (settings.catchUp().isNegative()) {
      throw new UserError(key + ".catch-up must not be negative.");
    }
    ZoneId zone = zone(key, settings.timeZone());
    return new Schedule(
        name,
        cron(key, settings.cron(), zone),
        zone,
        list ? settings.ids().stream().map(id -> itemId(key, id)).toList() : List.of(),
        has(settings.idsFile()) ? settings.idsFile() : null,
        has(settings.query()) ? settings.query().strip() : null,
        settings.limit(),
        settings.overlap() == ScheduleProperties.Overlap.QUEUE,
        settings.catchUp());
  }

  private static boolean has(String text) {
    return text != null && !text.isBlank();
  }

  private static ZoneId zone(String key, String zone) {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException unknown) {
      throw new UserError(
          key + ".time-zone: there is no '" + zone + "'; write it as Asia/Shanghai or UTC.",
          unknown);
    }
  }

  private static CronExpression cron(String key, String text, ZoneId zone) {
    if (!has(text)) {
      throw new UserError(key + ".cron is missing: six fields, such as 0 30 2 * * ? for 02:30.");
    }
    try {
      CronExpression cron = new CronExpression(text);
      cron.setTimeZone(TimeZone.getTimeZone(zone));
      return cron;
    } catch (ParseException wrong) {
      throw new UserError(
          key
              + ".cron '"
              + text
              + "' is no Quartz cron expression: "
              + wrong.getMessage()
              + "\nIt has six fields (second, minute, hour, day, month, weekday), one of the days is"
              + " ?, such as 0 30 2 * * ? for 02:30.",
          wrong);
    }
  }

  private static long itemId(String key, String text) {
    try {
      return ItemId.of(text);
    } catch (IllegalArgumentException problem) {
      throw new UserError(
          key + ".ids: '" + text + "' is no item id: " + problem.getMessage() + ".", problem);
    }
  }

  /** The next time after this one; empty when there is none any more. */
  Optional<Instant> next(Instant after) {
    return Optional.ofNullable(cron.getNextValidTimeAfter(Date.from(after))).map(Date::toInstant);
  }

  /**
   * The newest time that is not after this one. Quartz only looks ahead; so this begins near and
   * goes back twice as far each time until there is one ahead, and then follows them.
   */
  Optional<Instant> latest(Instant now) {
    for (Duration back = Duration.ofSeconds(1);
        back.compareTo(LONGEST_PAUSE) < 0;
        back = back.multipliedBy(2)) {
      Optional<Instant> found = next(now.minus(back)).filter(time -> !time.isAfter(now));
      if (found.isPresent()) {
        Instant latest = found.get();
        for (Optional<Instant> later = found;
            later.isPresent() && !later.get().isAfter(now);
            later = next(latest)) {
          latest = later.get();
        }
        return Optional.of(latest);
      }
    }
    return Optional.empty();
  }
}
