package io.tuodui.command;

import io.tuodui.TuoduiApplication;
import io.tuodui.config.UserError;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
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
public final class CollectCommand extends SpringSettings implements Callable<Integer> {
  @Option(names = "--json", description = "Prints only the receipts on standard output, as JSON.")
  private boolean json;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Lists of item ids: txt, csv or jsonl.")
  private List<File> files;

  @Override
  public Integer call() {
    String[] arguments = settings();
    for (File file : files) {
      if (!file.isFile() || !file.canRead()) {
        throw new UserError(file + " is not there or cannot be read.");
      }
    }
    Map<String, Object> forOneShot =
        Map.of(
            "tuodui.inbox.enabled",
            false,
            "spring.quartz.job-store-type",
            "memory",
            "server.port",
            0,
            "logging.level.io.tuodui",
            "WARN");
    try (ConfigurableApplicationContext context = TuoduiApplication.start(forOneShot, arguments)) {
      return context.getBean(OneShot.class).collect(files, json) ? 0 : 1;
    }
  }
}
