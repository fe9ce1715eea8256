package io.tuodui.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * A command that starts a node: the {@code --key=value} words of its command line each set a Spring
 * property. A superclass, because picocli hands unmatched words to no mixin.
 */
abstract class SpringSettings {
  @Spec private CommandSpec command;

  @Unmatched private List<String> words = new ArrayList<>();

  /**
   * The settings, as Spring takes them.
   *
   * @throws ParameterException when a word is no setting
   */
  final String[] settings() {
    for (String word : words) {
      if (!word.matches("--[A-Za-z][A-Za-z0-9._\\[\\]-]*=.*")) {
        throw wrong(
            "Unknown word " + word + ": neither an option of this command nor a --key=value.");
      }
    }
    return words.toArray(String[]::new);
  }

  /** A mistake in the command line. */
  final ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
