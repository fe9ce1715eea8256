package io.tuodui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** {@code kill -9} in the middle of a job costs no id and breaks no limit. */
class KilledNodeIT {
  private static final int IDS = 300;
  private static final int PER_SECOND = 10;
  private static final int BATCH = 20;
  private static final int BATCHES = 4;

  @Test
  void theSameCommandCompletesTheJob() throws Exception {
    Path folder = Tuodui.folder("killed-node");
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
        "--tuodui.collect.lease=10s"
      };

      int callsBefore;
      try (Tuodui first = Tuodui.start(folder, command)) {
        Awaitility.await()
            .atMost(Duration.ofMinutes(2))
            .until(() -> calls(simulator.stats()) >= 100 || !first.isAlive());
        first.kill();
        assertThat(first.out()).isEmpty();
        callsBefore = calls(simulator.stats());
      }
      assertThat(callsBefore).isBetween(100, IDS - 1);

      Tuodui.Result second = Tuodui.run(folder, command);

      assertThat(second.exitCode()).as(second.err()).isZero();
      JsonNode receipt = new ObjectMapper().readTree(second.out());
      assertThat(receipt.get("complete").asBoolean()).isTrue();
      assertThat(receipt.get("accepted").asInt()).isEqualTo(IDS);
      assertThat(receipt.get("succeeded").asInt() + receipt.get("gone").asInt()).isEqualTo(IDS);
      assertThat(receipt.get("refused").asInt()).isZero();
      JsonNode stats = simulator.stats();
      assertThat(calls(stats))
          .as("calls: an id more than once only if it was in flight at the kill")
          .isBetween(IDS, IDS + BATCH * BATCHES);
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

  private static int calls(JsonNode stats) {
    return stats.get("totals").get("calls").asInt();
  }
}
