package io.tuodui.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * A command that starts a node, or what it needs of one: the {@code --key=value} words of its
 * command line each set a Spring property. A superclass, because picocli hands unmatched words to
 * no mixin.
 */
abstract class SpringSettings {
  @Spec private CommandSpec command;

  @Unmatched private List<String> words = new ArrayList<>();

  /**
   * The settings, as Spring takes them; of one key, the last counts.
   *
   * @throws ParameterException when a word is no setting
   */
  final String[] settings() {
    return settings(Map.of());
  }

  /** As {@link #settings()}, with more that the command's own options mean, by their keys. */
  final String[] settings(Map<String, Object> options) {
    Map<String, String> byKey = new LinkedHashMap<>();
    for (String word : words) {
      if (!word.matches("--[A-Za-z][A-Za-z0-9._\\[\\]-]*=.*")) {
        throw wrong(
            "Unknown word " + word + ": neither an option of this command nor a --key=value.");
      }
      byKey.put(word.substring(0, word.indexOf('=')), word);
    }
    options.forEach((key, value) -> byKey.put("--" + key, "--" + key + "=" + value));
    return byKey.values().toArray(String[]::new);
  }

  /** A mistake in the command line. */
  final ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
