package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.tuodui.GatewayStub;
import io.tuodui.GatewayStub.Reply;
import io.tuodui.NodeForTests;
import io.tuodui.account.Account;
import io.tuodui.account.Limits;
import io.tuodui.account.Permits;
import io.tuodui.gateway.Dialect;
import io.tuodui.job.Receipt;
import io.tuodui.redis.RedisForTests;
import io.tuodui.simulator.SimulatedAccounts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A process with other accounts is started beside a node. */
class OtherAccountsTest {
  private static final Account OWN = SimulatedAccounts.accounts(1, 20, 0).get(0);
  private static final Account UNKNOWN =
      new Account("elsewhere", "1", "secret", null, new Limits(20, 1_000));

  @Test
  void anAccountThatThisNodeDoesNotKnowKeepsItsCallsAndATakenOneIsSeen() {
    try (GatewayStub gateway = GatewayStub.start();
        NodeForTests node = NodeForTests.start(gateway.baseUrl(), List.of(OWN), Map.of())) {
      gateway.answer(request -> Reply.item(request.itemId(), ""));
      Permits elsewhere =
          new Permits(
              RedisForTests.standalone(),
              node.setting("tuodui.queue.prefix"),
              Duration.ofSeconds(20));
      elsewhere.configure(List.of(OWN, UNKNOWN));
      String api = node.bean(Dialect.class).api();
      await().until(() -> elsewhere.snapshot(api).get(UNKNOWN.name()).freeIn().isZero());
      Receipt receipt =
          node.complete(
              node.submit(LongStream.range(980_000_000_000L, 980_000_000_020L).toArray()));
      assertThat(receipt.succeeded()).isEqualTo(20);
      assertThat(elsewhere.snapshot(api).get(UNKNOWN.name()).callsToday()).isZero();
      assertThat(missing(node)).isZero();

      elsewhere.configure(List.of(UNKNOWN));
      await().until(() -> missing(node) == 1);
    }
  }

  private static double missing(NodeForTests node) {
    return node.bean(MeterRegistry.class).get("tuodui.accounts.missing").gauge().value();
  }
}
