package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tuodui.NodeForTests;
import io.tuodui.account.Account;
import io.tuodui.account.Limits;
import io.tuodui.job.Receipt;
import io.tuodui.simulator.SimulatedAccounts;
import io.tuodui.simulator.SimulatedItems;
import io.tuodui.simulator.Simulator;
import io.tuodui.simulator.SimulatorOptions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The platform, and the accounts file, hold one API to less than the account as a whole. */
class ApiLimitTest {
  private static final String API = "product.search.queryProductDetail";
  private static final int IDS = 40;

  @Test
  void theApisOwnSecondMinuteAndDayAreKept() {
    Limits limits = new Limits(20, 30, null, Map.of(API, new Limits(4, 25, 22, Map.of())));
    List<Account> accounts =
        SimulatedAccounts.accounts(2, 0, 0).stream()
            .map(a -> new Account(a.name(), a.appKey(), a.appSecret(), a.accessToken(), limits))
            .toList();
    try (Simulator simulator =
            Simulator.start(SimulatorOptions.plain(1), accounts, Clock.systemUTC());
        NodeForTests node =
            NodeForTests.start(
                simulator.baseUrl(),
                accounts,
                Map.of(
                    "tuodui.inbox.enabled", false,
                    // For as long, a slow machine may keep the simulator from looking at a call.
                    "tuodui.limits.guard-minimum", "500ms",
                    "tuodui.limits.guard-maximum", "500ms"))) {
      List<String> ids = SimulatedItems.ids(IDS).mapToObj(Long::toString).toList();
      Receipt receipt = node.complete(node.submit(ids));
      assertThat(simulator.stats().totals().refused()).isEmpty();
      assertThat(receipt.calls()).isEqualTo(IDS);
      assertThat(simulator.stats().totals().maxCallsInAnySecond()).isBetween(3L, 4L);
      assertThat(simulator.stats().accounts())
          .allSatisfy(account -> assertThat(account.calls()).isBetween(18L, 22L));
    }
  }
}
