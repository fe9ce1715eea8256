package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tuodui.GatewayStub;
import io.tuodui.GatewayStub.Reply;
import io.tuodui.NodeForTests;
import io.tuodui.simulator.SimulatedAccounts;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An id is claimed just when its job is cancelled. */
class CancelledInFlightTest {

  /** MySQL says when it was cancelled, Redis when it was claimed: their clocks may differ. */
  @Test
  void itsCallIsCountedAlsoIfTheCancellingSeemsTheOlder() {
    try (GatewayStub gateway = GatewayStub.start();
        NodeForTests node =
            NodeForTests.start(
                gateway.baseUrl(),
                SimulatedAccounts.accounts(1, 10, 0),
                Map.of("tuodui.inbox.enabled", false))) {
      gateway.answer(
          request -> {
            node.sql()
                .sql(
                    "UPDATE job_task SET state = 'cancelled',"
                        + " closed_at = UTC_TIMESTAMP(3) - INTERVAL 20 SECOND")
                .update();
            return Reply.item(request.itemId(), "");
          });
      long job = node.submit(945_000_000_001L);
      await().until(() -> node.receipt(job).calls() == 1);
      assertThat(node.receipt(job).cancelled()).isEqualTo(1);
    }
  }
}
