package io.tuodui.command;

import io.tuodui.TuoduiApplication;
import java.io.File;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Option;

/** A command that starts a node for some lists, and ends with them. */
abstract class OneShotCommand extends SpringSettings implements Callable<Integer> {
  /** It watches no inbox, takes turns with no other node, and leaves the usual port to one. */
  private static final Map<String, Object> ALONE =
      Map.of(
          "tuodui.inbox.enabled",
          false,
          "spring.quartz.job-store-type",
          "memory",
          "server.port",
          0,
          "logging.level.io.tuodui",
          "WARN");

  @Option(names = "--json", description = "Prints only the receipts on standard output, as JSON.")
  private boolean json;

  /**
   * Collects the lists and prints their receipts.
   *
   * @param settings of this command, which rank below the command line only
   * @param arguments the user's, as {@link #settings()} gives them
   * @return whether every id is explained
   */
  final boolean collect(List<File> files, Map<String, Object> settings, String... arguments) {
    Map<String, Object> all = new HashMap<>(ALONE);
    all.putAll(settings);
    try (ConfigurableApplicationContext context = TuoduiApplication.start(all, arguments)) {
      return context.getBean(OneShot.class).collect(files, json);
    }
  }
}
