package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tuodui.GatewayStub;
import io.tuodui.GatewayStub.Reply;
import io.tuodui.NodeForTests;
import io.tuodui.account.Account;
import io.tuodui.account.Permits;
import io.tuodui.gateway.Dialect;
import io.tuodui.job.Receipt;
import io.tuodui.simulator.SimulatedAccounts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;

/**
 * What finds no connection is neither a call of the job nor one of the account's day, nor an
 * attempt of its task.
 */
class CallsThatNeverLeftTest {
  private static final List<Account> ACCOUNTS = SimulatedAccounts.accounts(1, 20, 0);

  @Test
  void withoutAFreeConnection() {
    try (GatewayStub gateway = GatewayStub.start();
        NodeForTests node =
            node(
                gateway.baseUrl(),
                Map.of(
                    "tuodui.gateway.max-connections", 1,
                    "tuodui.gateway.pool-timeout", 300,
                    "tuodui.collect.batch-size", 1))) {
      gateway.answer(
          request -> {
            if (gateway.requests() == 1) {
              await("another call has given up").until(() -> claims(node) > 0);
            }
            return Reply.item(request.itemId(), "");
          });
      Receipt receipt = node.complete(node.submit(970_000_000_001L, 970_000_000_002L));
      assertThat(receipt.succeeded()).isEqualTo(2);
      assertThat(receipt.calls()).isEqualTo(2).isEqualTo(gateway.requests());
      assertThat(callsToday(node)).isEqualTo(2);
      assertThat(withoutReply(node)).isZero();
    }
  }

  @Test
  void withNobodyListening() throws Exception {
    try (NodeForTests node = node("http://127.0.0.1:" + closedPort(), Map.of())) {
      long job = node.submit(970_000_000_003L);
      await().atMost(Duration.ofSeconds(30)).until(() -> claims(node) > 1);
      node.bean(CamelContext.class).getRouteController().stopRoute("collect-items");
      assertThat(node.receipt(job).calls()).isZero();
      assertThat(callsToday(node)).isZero();
      assertThat(withoutReply(node)).isZero();
      assertThat(node.rows("SELECT DISTINCT attempt, wait_ms FROM task_attempt"))
          .containsExactly(Map.of("attempt", 1, "wait_ms", 10_000L));
    }
  }

  private static NodeForTests node(String gateway, Map<String, Object> settings) {
    return NodeForTests.start(gateway, ACCOUNTS, settings);
  }

  private static int closedPort() throws IOException {
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return door.getLocalPort();
    }
  }

  /** Of which something is told, because they went wrong. */
  private static int claims(NodeForTests node) {
    return node.rows("SELECT 1 FROM task_attempt").size();
  }

  private static long withoutReply(NodeForTests node) {
    Timer network =
        node.bean(MeterRegistry.class).find("tuodui.call").tag("class", "network").timer();
    return network == null ? 0 : network.count();
  }

  private static long callsToday(NodeForTests node) {
    return node.bean(Permits.class)
        .snapshot(node.bean(Dialect.class).api())
        .get(ACCOUNTS.get(0).name())
        .callsToday();
  }
}
