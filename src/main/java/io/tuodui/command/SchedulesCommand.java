package io.tuodui.command;

import io.tuodui.schedule.ScheduleControl;
import io.tuodui.schedule.ScheduleSummary;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tuodui schedules}: what is collected by the clock. */
@Command(
    name = "schedules",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Lists the schedules of the configuration, or has one submitted now.",
      "--key=value sets any property, for example --tuodui.data-dir=data/demo."
    },
    subcommands = {SchedulesCommand.ListSchedules.class, SchedulesCommand.Run.class})
public final class SchedulesCommand {

  /** {@code tuodui schedules list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the schedules, with their times in their own zones.")
  static final class ListSchedules extends StoresCommand {
    private static final DateTimeFormatter TIME =
        new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendOffsetId()
            .toFormatter(Locale.ROOT);

    @Override
    int run(ConfigurableApplicationContext stores) {
      List<ScheduleSummary> schedules = stores.getBean(ScheduleControl.class).list();
      List<String> lines = schedules.stream().map(ListSchedules::line).toList();
      print(
          stores,
          schedules,
          lines.isEmpty() ? List.of("No schedule stands under tuodui.schedules.") : lines);
      return 0;
    }

    private static String line(ScheduleSummary schedule) {
      return String.format(
          Locale.ROOT,
          "%-16s %-18s %s  next %s  last %s%s%s%s",
          schedule.name(),
          schedule.cron(),
          schedule.timeZone(),
          text(schedule.next()),
          text(schedule.last()),
          schedule.outcome() == null ? "" : " " + schedule.outcome(),
          schedule.message() == null ? "" : ": " + schedule.message().replaceAll("\\s+", " "),
          schedule.job() == null ? "" : "  job " + schedule.job() + " " + schedule.jobState());
    }

    private static String text(OffsetDateTime time) {
      return time == null ? "-" : TIME.format(time);
    }
  }

  /** {@code tuodui schedules run}. */
  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = {
        "Has a node submit the ids of a schedule now, or when its job before is finished.",
        "Its next regular time stays as it is."
      })
  static final class Run extends StoresCommand {
    @Parameters(paramLabel = "NAME", description = "As under tuodui.schedules.")
    private String name;

    @Override
    int run(ConfigurableApplicationContext stores) {
      stores.getBean(ScheduleControl.class).run(name);
      print(
          stores,
          Map.of("schedule", name),
          List.of(
              "Schedule "
                  + name
                  + " is to be submitted; a running node does so within seconds. See ./tuodui"
                  + " schedules list."));
      return 0;
    }
  }
}
