package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tuodui.NodeForTests;
import io.tuodui.account.Permits;
import io.tuodui.job.Receipt;
import io.tuodui.simulator.Faults;
import io.tuodui.simulator.SimulatedAccounts;
import io.tuodui.simulator.SimulatedItems;
import io.tuodui.simulator.Simulator;
import io.tuodui.simulator.SimulatorOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The platform allows less than what is configured. */
@ExtendWith(OutputCaptureExtension.class)
class LowerLimitTest {
  private static final int IDS = 60;

  @Test
  void theNodeFindsOutWithFewRefusalsAndStaysBelow() {
    try (Simulator simulator =
            Simulator.start(
                new SimulatorOptions(
                    0, 1, 5, 0, Duration.ofMillis(20), Duration.ZERO, Faults.NONE, 1));
        NodeForTests node =
            NodeForTests.start(
                simulator.baseUrl(),
                SimulatedAccounts.accounts(1, 20, 0),
                Map.of("tuodui.inbox.enabled", false))) {
      List<String> ids = SimulatedItems.ids(IDS).mapToObj(Long::toString).toList();
      Receipt receipt = node.complete(node.submit(ids));
      assertThat(receipt.succeeded() + receipt.gone()).isEqualTo(IDS);
      assertThat(receipt.refused()).as("a first second of 20, and then a few").isBetween(1L, 25L);
      assertThat(node.bean(Permits.class).snapshot("product.search.queryProductDetail").values())
          .singleElement()
          .satisfies(state -> assertThat(state.perSecond()).isLessThan(8));
    }
  }

  /**
   * At first, all that the node claimed is on its way. Without this, 396 and 2,630 were refused.
   *
   * @param rounds of what is on its way, that may be refused
   */
  @ParameterizedTest
  @CsvSource({"0, 2", "100000, 3"})
  void anAccountWithoutALimitASecondIsSlowedDownTooOnceItIsRefused(
      int perDay, int rounds, CapturedOutput log) {
    int claimed = 160;
    int ids = 300;
    try (Simulator simulator =
            Simulator.start(
                new SimulatorOptions(
                    0, 4, 10, 0, Duration.ofMillis(20), Duration.ZERO, Faults.NONE, 1));
        NodeForTests node =
            NodeForTests.start(
                simulator.baseUrl(),
                SimulatedAccounts.accounts(4, 0, perDay),
                Map.of("tuodui.collect.batch-size", claimed / 4, "tuodui.inbox.enabled", false))) {
      Receipt receipt =
          node.complete(node.submit(SimulatedItems.ids(ids).mapToObj(Long::toString).toList()));
      assertThat(receipt.succeeded() + receipt.gone()).isEqualTo(ids);
      assertThat(receipt.refused()).isBetween(1L, (long) rounds * claimed);
      assertThat(log).contains("4 of 4 accounts in", "Give them limits.per-second");
      assertThat(log.toString().split("was refused as too fast"))
          .as("a line an account")
          .hasSizeBetween(2, 5);
      assertThat(log).as("a task that waits is no failure").doesNotContain("Failed delivery");
    }
  }
}
