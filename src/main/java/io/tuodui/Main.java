package io.tuodui;

import io.tuodui.command.CollectCommand;
import io.tuodui.command.DeadLettersCommand;
import io.tuodui.command.DemoCommand;
import io.tuodui.command.ExplainCommand;
import io.tuodui.command.JobsCommand;
import io.tuodui.command.ReceiptCommand;
import io.tuodui.command.ReconcileCommand;
import io.tuodui.command.SchedulesCommand;
import io.tuodui.command.ServeCommand;
import io.tuodui.command.VerifyCommand;
import io.tuodui.command.VersionCommand;
import io.tuodui.config.FailureText;
import io.tuodui.config.Secrets;
import io.tuodui.simulator.SimulatorCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line. */
@Command(
    name = "tuodui",
    mixinStandardHelpOptions = true,
    description =
        "Collects product data from 1688.com: id lists in, MongoDB documents and MySQL rows out.",
    synopsisSubcommandLabel = "COMMAND",
    footer =
        "%nThe launcher itself: ./tuodui prepare makes later starts faster, on Java 25 and newer.",
    subcommands = {
      DemoCommand.class,
      CollectCommand.class,
      ServeCommand.class,
      JobsCommand.class,
      ReceiptCommand.class,
      VerifyCommand.class,
      ReconcileCommand.class,
      SchedulesCommand.class,
      ExplainCommand.class,
      DeadLettersCommand.class,
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
    line.setParameterExceptionHandler(Main::correct);
    WholeNumbers.registerAt(line);
    shareVersion(line);
    if (arguments.length == 0) {
      line.usage(System.out);
      return CommandLine.ExitCode.USAGE;
    }
    return line.execute(arguments);
  }

  /** The words of the failure where they are known; the whole of it where not. */
  private static int explain(
      Exception failure, CommandLine line, CommandLine.ParseResult arguments) {
    PrintWriter err = line.getErr();
    FailureText.of(failure)
        .ifPresentOrElse(
            words -> err.println("tuodui: " + Secrets.masked(words).replace("\n", "\n  ")),
            () -> {
              err.println("tuodui: This should not happen; please report it with what follows.");
              StringWriter trace = new StringWriter();
              failure.printStackTrace(new PrintWriter(trace));
              err.print(Secrets.masked(trace.toString()));
            });
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** One line that says what is wrong, and where the help is: the help itself would bury it. */
  private static int correct(CommandLine.ParameterException mistake, String[] arguments) {
    CommandLine line = mistake.getCommandLine();
    PrintWriter err = line.getErr();
    err.println("tuodui: " + mistake.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(mistake, err);
    err.println("  See: " + line.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  /** {@code --version} of every command is the program's. */
  private static void shareVersion(CommandLine line) {
    line.getCommandSpec().versionProvider(new VersionCommand());
    line.getSubcommands().values().forEach(Main::shareVersion);
  }
}
