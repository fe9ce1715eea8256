package io.tuodui.simulator;

import picocli.CommandLine;

/** Quirks as a person asks for them, so that tests prove the options too. */
public final class QuirksOf {
  private QuirksOf() {}

  /**
   * @param options with spaces between, as after {@code tuodui simulator}
   */
  public static Quirks line(String options) {
    QuirkOptions read = new QuirkOptions();
    new CommandLine(read)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(options.isEmpty() ? new String[0] : options.split(" "));
    return read.quirks();
  }
}
