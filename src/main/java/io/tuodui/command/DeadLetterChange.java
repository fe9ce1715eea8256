package io.tuodui.command;

import picocli.CommandLine.Option;

/** A command that changes dead letters: bounded, and never all of them by mistake. */
abstract class DeadLetterChange extends DeadLetterOptions {
  @Option(
      names = "--limit",
      paramLabel = "N",
      required = true,
      description = "At most so many dead letters, the oldest first.")
  private int limit;

  @Option(names = "--dry-run", description = "Only says what would be done.")
  private boolean dryRun;

  @Option(
      names = "--all-letters",
      description = "Means every dead letter, where no filter is given.")
  private boolean allLetters;

  @Override
  void check() {
    super.check();
    if (limit < 1) {
      throw wrong("--limit must be at least 1, not " + limit);
    }
    if (filter().isEmpty() && !allLetters) {
      throw wrong(
          "Which dead letters? Give --class, --code, --job, --item or --since, or --all-letters for"
              + " every one");
    }
    if (!filter().isEmpty() && allLetters) {
      throw wrong("--all-letters means every dead letter: leave it or the filter out");
    }
  }

  final int limit() {
    return limit;
  }

  final boolean dryRun() {
    return dryRun;
  }
}
