package io.tuodui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A crash and a stop in the middle of a job cost no id and break no limit. */
class InterruptedCollectIT {
  private static final int IDS = 300;
  private static final int PER_SECOND = 10;
  private static final int BATCH = 20;
  private static final int BATCHES = 4;
  private static final int IN_FLIGHT = BATCH * BATCHES;

  @Test
  void theSameCommandCompletesTheJob() throws Exception {
    Path folder = Tuodui.folder("interrupted-collect");
    SimulatorProcess.writeIds(folder.resolve("ids.txt"), IDS);
    SimulatorProcess.writeAccounts(folder.resolve("accounts.yaml"), 5, PER_SECOND);
    try (SimulatorProcess simulator =
        SimulatorProcess.start(
            folder, "--accounts", "5", "--per-second", "" + PER_SECOND, "--latency", "150")) {
      String[] command = {
        "collect",
        "ids.txt",
        "--json",
        "--server.port=0",
        "--tuodui.gateway.base-url=" + simulator.url(),
        "--tuodui.accounts-file=accounts.yaml",
        "--tuodui.collect.batch-size=" + BATCH,
        "--tuodui.collect.batches=" + BATCHES,
        "--tuodui.collect.lease=10s",
        // The machine that runs tests may stall for longer than the usual margin.
        "--tuodui.limits.guard-minimum=500ms",
        "--tuodui.limits.guard-maximum=1s"
      };

      try (Tuodui crashed = Tuodui.start(folder, command)) {
        awaitCalls(simulator, 80, crashed);
        crashed.kill();
        assertThat(crashed.out()).isEmpty();
      }

      try (Tuodui stopped = Tuodui.start(folder, command)) {
        awaitCalls(simulator, 200, stopped);
        stopped.terminate();
        Tuodui.Result result = stopped.await(Duration.ofSeconds(60));
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("Job 1 keeps its open ids").doesNotContain("\tat ");
      }
      assertThat(calls(simulator.stats())).isBetween(200, IDS + IN_FLIGHT - 1);

      Tuodui.Result last = Tuodui.run(folder, command);

      assertThat(last.exitCode()).as(last.err()).isZero();
      JsonNode receipt = new ObjectMapper().readTree(last.out());
      assertThat(receipt.get("complete").asBoolean()).isTrue();
      assertThat(receipt.get("accepted").asInt()).isEqualTo(IDS);
      assertThat(receipt.get("succeeded").asInt() + receipt.get("gone").asInt()).isEqualTo(IDS);
      assertThat(receipt.get("refused").asInt()).isZero();
      JsonNode stats = simulator.stats();
      assertThat(calls(stats))
          .as("calls: an id more than once only if it was in flight at the kill")
          .isBetween(IDS, IDS + IN_FLIGHT);
      assertThat(stats.get("accounts"))
          .allSatisfy(
              account ->
                  assertThat(account.get("maxCallsInAnySecond").asInt())
                      .as(account.get("name").asText())
                      .isLessThanOrEqualTo(PER_SECOND));
    }
    Awaitility.await("the embedded servers of both runs are gone")
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(Processes.naming(folder)).isEmpty());
  }

  private static void awaitCalls(SimulatorProcess simulator, int number, Tuodui node) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> calls(simulator.stats()) >= number || !node.isAlive());
    assertThat(node.isAlive()).as(node.err()).isTrue();
  }

  private static int calls(JsonNode stats) {
    return stats.get("totals").get("calls").asInt();
  }
}
