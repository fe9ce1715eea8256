package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tuodui.NodeForTests;
import io.tuodui.job.Receipt;
import io.tuodui.simulator.SimulatedAccounts;
import io.tuodui.simulator.SimulatedItems;
import io.tuodui.simulator.Simulator;
import io.tuodui.simulator.SimulatorOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The whole job in the simplified dialect. */
class ItemGetJobTest {
  private static final int IDS = 120;

  @Test
  void itemsAndGoneItemsAreCollectedInTheSimplifiedDialect() {
    try (Simulator simulator = Simulator.start(SimulatorOptions.plain(2));
        NodeForTests node =
            NodeForTests.start(
                simulator.baseUrl(),
                SimulatedAccounts.accounts(2, 0, 0),
                Map.of("tuodui.gateway.dialect", "item-get", "tuodui.inbox.enabled", false))) {
      List<Long> ids = SimulatedItems.ids(IDS).boxed().toList();
      Receipt receipt = node.complete(node.submit(ids.stream().map(String::valueOf).toList()));
      long published = ids.stream().filter(SimulatedItems::published).count();
      assertThat(receipt.succeeded()).isEqualTo(published).isLessThan(IDS);
      assertThat(receipt.gone()).isEqualTo(IDS - published);
      assertThat(receipt.calls()).isEqualTo(IDS);
      assertThat(
              node.rows(
                  "SELECT COUNT(*) AS n FROM item_detail WHERE title <> '' AND price > 0"
                      + " AND category_id > 0 AND seller_nick <> ''"))
          .containsExactly(Map.of("n", published));
      assertThat(node.rows("SELECT COUNT(*) > ? AS more FROM item_sku", published))
          .containsExactly(Map.of("more", 1));
    }
  }
}
