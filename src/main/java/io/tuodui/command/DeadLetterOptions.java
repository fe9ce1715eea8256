package io.tuodui.command;

import io.tuodui.deadletter.DeadLetterFilter;
import io.tuodui.gateway.ReplyClass;
import java.time.Instant;
import java.util.Locale;
import picocli.CommandLine.Option;

/** A command on dead letters: which of them are meant. */
abstract class DeadLetterOptions extends StoresCommand {
  @Option(
      names = "--class",
      paramLabel = "C",
      description = "Of this class of reply: ${COMPLETION-CANDIDATES}.")
  private ReplyClass replyClass;

  @Option(
      names = "--code",
      paramLabel = "CODE",
      description = "With this code of the platform, such as gw.ParamMissing.")
  private String code;

  @Option(names = "--job", paramLabel = "J", description = "Of ids that this job asked for.")
  private Long job;

  @Option(
      names = "--item",
      paramLabel = "ID",
      description = "Of this item: its id, or the address of its detail page.")
  private String item;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = Times.class,
      description =
          "That died then or later: 2026-07-31, 2026-07-31T08:00 (UTC), 2026-07-31T08:00:00+08:00,"
              + " or how long ago: 90s, 30m, 12h, 7d.")
  private Instant since;

  private DeadLetterFilter filter;

  @Override
  void check() {
    filter = new DeadLetterFilter(replyClass, code, job, item == null ? null : itemId(item), since);
  }

  /** What the options ask for, once they are checked. */
  final DeadLetterFilter filter() {
    return filter;
  }

  /** A count with its noun. */
  static String count(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }
}
