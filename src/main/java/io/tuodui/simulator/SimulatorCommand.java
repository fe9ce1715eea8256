package io.tuodui.simulator;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tuodui simulator}: runs the simulator until it is told to stop. */
@Command(
    name = "simulator",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Runs a gateway that speaks the 1688 protocol, to try Tuodui without accounts.")
public final class SimulatorCommand implements Callable<Integer> {
  private static final long USUAL_JITTER = 75;

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "9000",
      description = "Port to listen on; 0: any free.")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to listen on; 0.0.0.0 to be reached from other machines.")
  private String host;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      defaultValue = "20",
      description = "Accounts it knows.")
  private int accounts;

  @Option(
      names = "--per-second",
      paramLabel = "N",
      defaultValue = "10",
      description = "Calls an account may make in any one second; 0: no limit.")
  private int perSecond;

  @Option(
      names = "--per-minute",
      paramLabel = "N",
      defaultValue = "0",
      description = "Calls an account may make in any one minute; 0: no limit.")
  private int perMinute;

  @Option(
      names = "--per-day",
      paramLabel = "N",
      defaultValue = "0",
      description = "Calls an account may make a day (GMT+8); 0: no limit.")
  private int perDay;

  @Option(
      names = "--latency",
      paramLabel = "MS",
      defaultValue = "150",
      description = "Time an answer takes, in ms.")
  private long latencyMillis;

  @Option(
      names = "--jitter",
      paramLabel = "MS",
      description =
          "It varies by up to this, in ms; default: 75, or the latency where that is less.")
  private Long jitterMillis;

  @Option(
      names = "--faults",
      paramLabel = "KIND",
      defaultValue = "none",
      description = "none, normal (1 %% of each of six kinds) or storm (10 %% of each).")
  private String faults;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of latency and faults.")
  private long seed;

  @Mixin private QuirkOptions quirks;

  @Override
  public Integer call() throws InterruptedException {
    SimulatorOptions options =
        checked(
            () ->
                new SimulatorOptions(
                    port,
                    accounts,
                    perSecond,
                    perMinute,
                    perDay,
                    Duration.ofMillis(latencyMillis),
                    Duration.ofMillis(jitter()),
                    faults(),
                    seed,
                    quirks.quirks()));
    try (Simulator simulator = Simulator.start(options, host)) {
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "The simulator listens on http://%s:%d with %d accounts; Ctrl-C or SIGTERM stops it.%n",
          host, simulator.port(), accounts);
      out.flush();
      untilStopped();
    } catch (IllegalStateException cannotListen) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(cannotListen.getMessage());
      err.flush();
      return 1;
    }
    return 0;
  }

  private long jitter() {
    return jitterMillis == null ? Math.min(USUAL_JITTER, latencyMillis) : jitterMillis;
  }

  private Faults faults() {
    for (Faults known : Faults.values()) {
      if (known.name().equalsIgnoreCase(faults)) {
        return known;
      }
    }
    throw new IllegalArgumentException(
        "--faults must be none, normal or storm, not '" + faults + "'");
  }

  // The event loops are daemons, which the JVM ends by itself once a signal stops it
  private static void untilStopped() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  private <T> T checked(Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage());
    }
  }

  /** {@code tuodui simulator ids N}: ids to collect, one a line. */
  @Command(
      name = "ids",
      mixinStandardHelpOptions = true,
      description = "Prints ids of simulated items, one a line.")
  int ids(@Parameters(paramLabel = "N", description = "How many.") int n) {
    PrintWriter out = spec.commandLine().getOut();
    checked(() -> SimulatedItems.ids(n)).forEach(id -> out.append(Long.toString(id)).append('\n'));
    out.flush();
    return 0;
  }

  /** {@code tuodui simulator accounts N}: the accounts file that fits the simulator. */
  @Command(
      name = "accounts",
      mixinStandardHelpOptions = true,
      description = "Prints the accounts that the simulator knows, as an accounts file.")
  int accounts(
      @Parameters(paramLabel = "N", description = "How many.") int n,
      @Option(
              names = "--per-second",
              paramLabel = "N",
              defaultValue = "0",
              description = "Their limit; 0: none.")
          int callsPerSecond,
      @Option(
              names = "--per-minute",
              paramLabel = "N",
              defaultValue = "0",
              description = "Their limit; 0: none.")
          int callsPerMinute,
      @Option(
              names = "--per-day",
              paramLabel = "N",
              defaultValue = "0",
              description = "Their limit; 0: none.")
          int callsPerDay,
      @Option(
              names = "--refresh-tokens",
              description = "With their refresh tokens, so that their access tokens are renewed.")
          boolean refreshTokens) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        checked(
            () ->
                SimulatedAccounts.yaml(
                    SimulatedAccounts.accounts(n, callsPerSecond, callsPerMinute, callsPerDay),
                    refreshTokens)));
    out.flush();
    return 0;
  }
}
