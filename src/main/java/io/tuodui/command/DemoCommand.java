package io.tuodui.command;

import io.tuodui.config.SettingsPostProcessor;
import io.tuodui.config.StoreSettings;
import io.tuodui.simulator.Faults;
import io.tuodui.simulator.SimulatedAccounts;
import io.tuodui.simulator.SimulatedItems;
import io.tuodui.simulator.Simulator;
import io.tuodui.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tuodui demo}: the whole job on embedded servers and the simulator. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description =
        "Collects ids from the simulator into embedded servers, prints a receipt, and exits: 0 only"
            + " when every id is explained.")
public final class DemoCommand extends OneShotCommand {
  private static final Path DATA = Path.of("data", "demo");

  /** What no argument may change. */
  private static final List<String> OWN =
      List.of(
          SettingsPostProcessor.EMBEDDED_ONLY,
          "tuodui.data-dir",
          "tuodui.accounts-file",
          "tuodui.gateway.base-url");

  @Option(
      names = "--ids",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many ids to collect.")
  private int ids;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      defaultValue = "20",
      description = "Accounts to call with.")
  private int accounts;

  @Option(
      names = "--per-second",
      paramLabel = "N",
      defaultValue = "10",
      description = "Calls the simulator allows an account in any one second.")
  private int perSecond;

  @Option(
      names = "--faults",
      paramLabel = "KIND",
      defaultValue = "none",
      description = "none, normal (1 %% of each of six kinds) or storm (10 %% of each).")
  private Faults faults;

  @Override
  public Integer call() throws IOException {
    String[] arguments = settings();
    Stream.of(arguments).forEach(this::refuseItsOwn);
    if (ids < 1) {
      throw wrong("--ids must be at least 1, not " + ids);
    }
    SimulatorOptions options = options();
    Files.createDirectories(DATA);
    Path list = DATA.resolve("ids.txt");
    Files.writeString(
        list,
        SimulatedItems.ids(ids)
            .mapToObj(Long::toString)
            .collect(Collectors.joining("\n", "", "\n")));
    Path accountsFile = DATA.resolve("accounts.yaml");
    Files.writeString(
        accountsFile, SimulatedAccounts.yaml(SimulatedAccounts.accounts(accounts, perSecond, 0)));
    try (Simulator simulator = Simulator.start(options)) {
      boolean complete =
          collect(
              List.of(list.toFile()), settingsFor(accountsFile, simulator.baseUrl()), arguments);
      WhereToLook.afterDemo(DATA, accountsFile, accounts, perSecond, System.err);
      return complete ? 0 : 1;
    }
  }

  /** With another store, account or gateway it would mix what is invented with what is real. */
  private void refuseItsOwn(String argument) {
    String word = argument.substring(0, argument.indexOf('='));
    String key = StoreSettings.plain(word);
    if (StoreSettings.include(key)
        || OWN.stream().map(StoreSettings::plain).anyMatch(key::equals)) {
      throw wrong(
          "demo brings its own stores, accounts and gateway: leave out "
              + word
              + ", or use collect or serve.");
    }
  }

  private SimulatorOptions options() {
    try {
      return new SimulatorOptions(
          0, accounts, perSecond, 0, Duration.ofMillis(150), Duration.ofMillis(75), faults, 1);
    } catch (IllegalArgumentException outOfRange) {
      throw wrong("--" + outOfRange.getMessage());
    }
  }

  private static Map<String, Object> settingsFor(Path accountsFile, String gateway) {
    return Map.of(
        SettingsPostProcessor.EMBEDDED_ONLY,
        true,
        "tuodui.data-dir",
        DATA.toString(),
        "tuodui.accounts-file",
        accountsFile.toString(),
        "tuodui.gateway.base-url",
        gateway,
        "tuodui.gateway.dialect",
        "aop",
        // Both ends of a call share this machine: its pauses delay arrivals in ways a node cannot
        // measure.
        "tuodui.limits.guard-minimum",
        "150ms",
        "tuodui.limits.guard-maximum",
        "500ms");
  }
}
