package io.tuodui.command;

import io.tuodui.deadletter.DeadLetter;
import io.tuodui.deadletter.DeadLetterCount;
import io.tuodui.deadletter.DeadLetters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tuodui dead-letters}: what was given up, and what a person does about it. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Lists, counts, replays and discards the ids that were given up.",
      "--key=value sets any property, for example --tuodui.data-dir=data/demo."
    },
    subcommands = {
      DeadLettersCommand.ListLetters.class,
      DeadLettersCommand.CountLetters.class,
      ReplayCommand.class,
      DiscardCommand.class
    })
public final class DeadLettersCommand {

  /** Those that wait for a person, or all. */
  abstract static class Reading extends DeadLetterOptions {
    @Option(names = "--all", description = "Also those that were replayed or discarded.")
    private boolean all;

    final boolean openOnly() {
      return !all;
    }
  }

  /** {@code tuodui dead-letters list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists dead letters, the newest first; times are UTC.")
  static final class ListLetters extends Reading {
    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "100",
        description = "At most so many. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Override
    void check() {
      super.check();
      if (limit < 1) {
        throw wrong("--limit must be at least 1, not " + limit);
      }
    }

    @Override
    int run(ConfigurableApplicationContext stores) {
      List<DeadLetter> letters =
          stores.getBean(DeadLetters.class).list(filter(), openOnly(), limit);
      print(stores, letters, letters.stream().map(ListLetters::line).toList());
      if (letters.size() == limit) {
        System.err.println(
            "There may be more: these are the newest " + limit + "; --limit shows more of them.");
      } else if (letters.isEmpty()) {
        System.err.println("There are no such dead letters.");
      }
      return 0;
    }

    private static String line(DeadLetter letter) {
      StringBuilder line =
          new StringBuilder(
              String.format(
                  Locale.ROOT,
                  "%s  %-13d %-10s %-24s %3d attempts  %-12s %s",
                  Times.text(letter.diedAt()),
                  letter.itemId(),
                  letter.replyClass(),
                  letter.code() == null ? "-" : letter.code(),
                  letter.attempts(),
                  letter.account() == null ? "-" : letter.account(),
                  letter.message() == null ? "" : letter.message().replaceAll("\\s+", " ")));
      if (letter.replayedAt() != null) {
        line.append("  [replayed ").append(Times.text(letter.replayedAt())).append(']');
      }
      if (letter.discardedAt() != null) {
        line.append("  [discarded ").append(Times.text(letter.discardedAt())).append(']');
      }
      return line.toString();
    }
  }

  /** {@code tuodui dead-letters count}. */
  @Command(
      name = "count",
      mixinStandardHelpOptions = true,
      description = "Counts dead letters by class and code.")
  static final class CountLetters extends Reading {

    @Override
    int run(ConfigurableApplicationContext stores) {
      List<DeadLetterCount> counts = stores.getBean(DeadLetters.class).count(filter(), openOnly());
      List<String> lines = new ArrayList<>();
      long total = 0;
      for (DeadLetterCount count : counts) {
        total += count.letters();
        lines.add(
            String.format(
                Locale.ROOT,
                "%,9d  %-13s %s",
                count.letters(),
                count.replyClass(),
                count.code() == null ? "-" : count.code()));
      }
      lines.add(String.format(Locale.ROOT, "%,9d  in all", total));
      print(stores, counts, lines);
      return 0;
    }
  }
}
