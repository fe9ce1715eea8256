package io.tuodui.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** The {@code --key=value} words of a command line: each sets a Spring property. */
final class SpringSettings {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Unmatched private List<String> words = new ArrayList<>();

  /**
   * The settings, as Spring takes them.
   *
   * @throws ParameterException when a word is no setting
   */
  String[] arguments() {
    for (String word : words) {
      if (!word.matches("--[A-Za-z][A-Za-z0-9._\\[\\]-]*=.*")) {
        throw new ParameterException(
            command.commandLine(),
            "Unknown word " + word + ": an option of this command, or a setting as --key=value.");
      }
    }
    return words.toArray(String[]::new);
  }
}
