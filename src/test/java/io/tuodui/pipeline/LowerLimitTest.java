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

/** The platform allows less than what is configured. */
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
}
