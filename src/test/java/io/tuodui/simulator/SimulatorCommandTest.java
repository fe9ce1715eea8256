package io.tuodui.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tuodui.account.Account;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

/** A command that it ought to refuse would listen for ever. */
@Timeout(60)
class SimulatorCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsIds() {
    assertThat(run("ids", "3")).isZero();
    assertThat(out.toString().lines().map(Long::valueOf))
        .containsExactlyElementsOf(SimulatedItems.ids(3).boxed().toList());
  }

  /** For who wants to try a list: {@code examples/ids-1000.txt} is what the demo collects. */
  @Test
  void knowsTheIdsOfTheExample() throws IOException {
    assertThat(Files.readAllLines(Path.of("examples", "ids-1000.txt")).stream().map(Long::valueOf))
        .containsExactlyElementsOf(SimulatedItems.ids(1_000).boxed().toList());
  }

  @Test
  void printsAnAccountsFileThatYamlReadsAsTextAndNumbers() {
    assertThat(
            run("accounts", "2", "--per-second", "10", "--per-minute", "300", "--per-day", "5000"))
        .isZero();
    Account second = SimulatedAccounts.accounts(2, 0, 0).get(1);
    Map<String, Object> file = new Yaml().load(out.toString());
    assertThat(file.get("accounts"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(2)
        .last()
        .isEqualTo(
            Map.of(
                "name",
                "sim-002",
                "app-key",
                second.appKey(),
                "app-secret",
                second.appSecret(),
                "access-token",
                second.accessToken(),
                "limits",
                Map.of("per-second", 10, "per-minute", 300, "per-day", 5000)));
  }

  @Test
  void leavesOutLimitsThatAreNone() {
    assertThat(SimulatedAccounts.yaml(SimulatedAccounts.accounts(1, 0, 0)))
        .doesNotContain("limits");
    assertThat(SimulatedAccounts.yaml(List.of())).isEqualTo("accounts: []\n");
  }

  @ParameterizedTest
  @CsvSource({
    "--port, 70000, port must be from 0 to 65535",
    "--port, abc, 'abc' is not an int",
    "--accounts, 0, accounts must be from 1",
    "--latency, -1, latency must be from 0",
    "--jitter, 200, jitter must be from 0 ms to the latency of 150 ms",
    "--per-second, -3, per-second must be from 0",
    "--per-minute, -3, per-minute must be from 0",
    "--per-api-second, -3, per-api-second must be from 0",
    "--throttle, week, 'expected one of [SECOND, DAY]'",
    "--refresh-token, maybe, 'expected one of [ALTERNATING, ALWAYS, NEVER, ROTATING]'",
    "--clock-skew, 86400001, clock-skew must be from -86400000 to 86400000",
    "--status, gw.NoSuch=400, 'not ''gw.NoSuch'''",
    "--status, html=300, 'the status of html must be 200, or from 400 to 599, not 300'",
    "--status, html, 'html'",
    "--fault, typhoon=1%, '--fault must name one of reset, timeout, truncated, html, empty,'",
    "--fault, reset=1, 'the share of fault reset must be a percentage such as 1%, not ''1'''",
    "--fault, reset=101%, 'the share of fault reset must be from 0% to 100%'",
    "--faults, often, '--faults must be none, normal or storm, not'",
  })
  void refusesBadNumbersWithAClearError(String option, String value, String message) {
    assertThat(run(option, value)).isEqualTo(2);
    assertThat(err.toString()).contains(message);
  }

  @Test
  void saysWhichPortIsTaken() {
    try (Simulator running = Simulator.start(SimulatorOptions.plain(1))) {
      assertThat(run("--port", Integer.toString(running.port()))).isEqualTo(1);
      assertThat(err.toString()).contains("port " + running.port(), "choose another port");
    }
  }

  private int run(String... arguments) {
    return new CommandLine(new SimulatorCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(arguments);
  }
}
