package io.tuodui.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tuodui.GatewayStub;
import io.tuodui.GatewayStub.Reply;
import io.tuodui.NodeForTests;
import io.tuodui.account.Account;
import io.tuodui.account.Permits;
import io.tuodui.config.TuoduiProperties;
import io.tuodui.gateway.Dialect;
import io.tuodui.job.Receipt;
import io.tuodui.node.NodeRegistry;
import io.tuodui.node.SharedClock;
import io.tuodui.simulator.SimulatedAccounts;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.resilience4j.ResilienceProcessor;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Calls that are ready to leave, and come to the wire seconds too late. */
class LapsedPermitsTest {
  private static final List<Account> ACCOUNTS = SimulatedAccounts.accounts(1, 100, 0);

  @Test
  void theirTasksAreCalledForWithOtherPermits() {
    long[] ids = LongStream.range(940_000_000_000L, 940_000_000_400L).toArray();
    AtomicBoolean held = new AtomicBoolean();
    try (GatewayStub gateway = GatewayStub.start();
        NodeForTests node =
            NodeForTests.start(
                gateway.baseUrl(), ACCOUNTS, Map.of("tuodui.inbox.enabled", false))) {
      gateway.answer(
          request -> {
            if (held.compareAndSet(false, true)) {
              node.bean(DepartureGate.class).hold(ACCOUNTS.get(0), Duration.ofSeconds(3));
            }
            return Reply.item(request.itemId(), "");
          });
      Receipt receipt = node.complete(node.submit(ids));

      assertThat(receipt.succeeded()).isEqualTo(ids.length);
      assertThat(gateway.requests()).as("calls made").isEqualTo(ids.length);
      assertThat(receipt.calls()).as("calls in the ledger").isEqualTo(ids.length);
      assertThat(
              node.bean(Permits.class)
                  .snapshot(node.bean(Dialect.class).api())
                  .get(ACCOUNTS.get(0).name())
                  .callsToday())
          .as("calls counted in the account's day")
          .isEqualTo(ids.length);
      assertThat(node.bean(MeterRegistry.class).find("tuodui.permit.wait").timer().count())
          .as("permits given; some lapsed")
          .isGreaterThan(ids.length);
      ResilienceProcessor breaker =
          node.bean(CamelContext.class).getProcessor("gateway", ResilienceProcessor.class);
      assertThat(breaker.getNumberOfFailedCalls()).as("failures of the platform").isZero();
    }
  }

  /** Whose calls with the same account leave on time. */
  @Test
  void besideAnotherNodeNoneLeavesThatIsLaterThanTheGuard() {
    Duration late = Duration.ofMillis(500);
    try (GatewayStub gateway = GatewayStub.start();
        NodeForTests node =
            NodeForTests.start(
                gateway.baseUrl(), ACCOUNTS, Map.of("tuodui.inbox.enabled", false))) {
      assertThat(lapsed(gateway, node, 941_000_000_000L, late)).as("alone").isZero();
      try (NodeRegistry other =
          new NodeRegistry(
              node.bean(StringRedisTemplate.class),
              node.bean(TuoduiProperties.class).queue().prefix(),
              "other",
              Duration.ofMinutes(1),
              new SharedClock(Clock.systemUTC()))) {
        other.start();
        await().until(() -> !node.bean(NodeRegistry.class).isAlone());
        assertThat(lapsed(gateway, node, 942_000_000_000L, late)).isPositive();
      }
    }
  }

  /** How many permits lapse when an account's calls are held back for a while. */
  private static long lapsed(GatewayStub gateway, NodeForTests node, long first, Duration time) {
    long[] ids = LongStream.range(first, first + 200).toArray();
    Counter lapsed = node.bean(MeterRegistry.class).find("tuodui.permit.lapsed").counter();
    double before = lapsed.count();
    AtomicBoolean held = new AtomicBoolean();
    gateway.answer(
        request -> {
          if (held.compareAndSet(false, true)) {
            node.bean(DepartureGate.class).hold(ACCOUNTS.get(0), time);
          }
          return Reply.item(request.itemId(), "");
        });
    assertThat(node.complete(node.submit(ids)).calls()).isEqualTo(ids.length);
    return Math.round(lapsed.count() - before);
  }
}
