package io.tuodui.command;

import io.tuodui.config.UserError;
import io.tuodui.task.Priority;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tuodui collect}: collects lists of ids and exits. */
@Command(
    name = "collect",
    mixinStandardHelpOptions = true,
    description = {
      "Collects the ids of the files, prints a receipt for each, and exits: 0 only when every id is"
          + " explained.",
      "--key=value sets any property, for example --tuodui.accounts-file=accounts.yaml."
    })
public final class CollectCommand extends OneShotCommand {
  @Option(
      names = "--priority",
      paramLabel = "P",
      description =
          "Beside other jobs: ${COMPLETION-CANDIDATES}. Their shares are 8, 3 and 1. Default: normal.")
  private Priority priority;

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      description =
          "Ids that are open then are cancelled, and no call is made for them: 90m, 2h, or"
              + " 2026-07-31T08:00:00+08:00.")
  private String deadline;

  @Option(
      names = "--max-age",
      paramLabel = "TIME",
      description = "Makes no call for an item that was fetched within this time: 24h, 7d.")
  private String maxAge;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Lists of item ids: txt, csv or jsonl.")
  private List<File> files;

  @Override
  public Integer call() {
    String[] arguments = settings(terms());
    for (File file : files) {
      if (!file.isFile() || !file.canRead()) {
        throw new UserError(file + " is not there or cannot be read.");
      }
    }
    return collect(files, Map.of(), arguments) ? 0 : 1;
  }

  private Map<String, Object> terms() {
    Map<String, Object> terms = new LinkedHashMap<>();
    terms.put("tuodui.intake.priority", priority);
    terms.put("tuodui.intake.deadline", deadline);
    terms.put("tuodui.intake.max-age", maxAge);
    terms.values().removeIf(Objects::isNull);
    return terms;
  }
}
