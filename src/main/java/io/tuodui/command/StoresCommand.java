package io.tuodui.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tuodui.StoresApplication;
import io.tuodui.intake.ItemId;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Option;

/** A command that looks at the stores or mends them, beside running nodes or without any. */
abstract class StoresCommand extends SpringSettings implements Callable<Integer> {
  @Option(names = "--json", description = "Prints only the answer on standard output, as JSON.")
  private boolean json;

  @Override
  public final Integer call() throws IOException {
    String[] arguments = settings();
    check();
    try (ConfigurableApplicationContext stores = StoresApplication.start(arguments)) {
      return run(stores);
    }
  }

  /**
   * Checks the command line, before anything starts; by itself, it has nothing to object to.
   *
   * @throws picocli.CommandLine.ParameterException when something is wrong with it
   */
  void check() throws IOException {}

  /** Does what the command is for, and returns the exit code. */
  abstract int run(ConfigurableApplicationContext stores) throws IOException;

  /** An item id from the command line. */
  final long itemId(String text) {
    try {
      return ItemId.of(text);
    } catch (IllegalArgumentException problem) {
      throw wrong("'" + text + "' is no item id: " + problem.getMessage());
    }
  }

  /** Prints the answer as JSON where that was asked for, else its lines. */
  final void print(ConfigurableApplicationContext stores, Object answer, List<String> lines) {
    if (!json) {
      lines.forEach(System.out::println);
      return;
    }
    try {
      System.out.println(stores.getBean(ObjectMapper.class).writeValueAsString(answer));
    } catch (JsonProcessingException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }
}
