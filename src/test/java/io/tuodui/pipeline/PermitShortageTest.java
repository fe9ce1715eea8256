package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tuodui.GatewayStub;
import io.tuodui.GatewayStub.Reply;
import io.tuodui.NodeForTests;
import io.tuodui.job.Receipt;
import io.tuodui.simulator.SimulatedAccounts;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An account of one call a second, and no patience to wait for the next one. */
class PermitShortageTest {

  @Test
  void aLostCallWhoseRepetitionGetsNoPermitIsTriedAgainLater() {
    try (GatewayStub gateway = GatewayStub.start();
        NodeForTests node =
            NodeForTests.start(
                gateway.baseUrl(),
                SimulatedAccounts.accounts(1, 1, 0),
                Map.of("tuodui.limits.horizon", "500ms", "tuodui.inbox.enabled", false))) {
      gateway.answer(
          request -> gateway.requests() == 1 ? Reply.NONE : Reply.item(request.itemId(), ""));
      Receipt receipt = node.complete(node.submit(930_000_000_001L, 930_000_000_002L));
      assertThat(receipt.succeeded()).isEqualTo(2);
      assertThat(receipt.calls()).as("the lost one too").isEqualTo(3).isEqualTo(gateway.requests());
    }
  }
}
