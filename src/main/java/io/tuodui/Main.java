package io.tuodui;

import io.tuodui.command.CollectCommand;
import io.tuodui.command.DemoCommand;
import io.tuodui.command.ServeCommand;
import io.tuodui.command.VersionCommand;
import io.tuodui.config.UserError;
import io.tuodui.simulator.SimulatorCommand;
import org.springframework.boot.SpringApplication;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line. */
@Command(
    name = "tuodui",
    description =
        "Collects product data from 1688.com: id lists in, MongoDB documents and MySQL rows out.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      CollectCommand.class,
      ServeCommand.class,
      SimulatorCommand.class,
      VersionCommand.class,
      HelpCommand.class
    })
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    CommandLine line = new CommandLine(new Main());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(Main::explain);
    if (arguments.length == 0) {
      line.usage(System.out);
      return CommandLine.ExitCode.USAGE;
    }
    return line.execute(arguments);
  }

  /** The words of the failure where they are meant for the user; the whole of it where not. */
  private static int explain(
      Exception failure, CommandLine line, CommandLine.ParseResult arguments) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserError) {
        line.getErr().println("tuodui: " + cause.getMessage());
        return 1;
      }
    }
    if (!(failure instanceof SpringApplication.AbandonedRunException)) {
      failure.printStackTrace(line.getErr());
    }
    return 1;
  }
}
