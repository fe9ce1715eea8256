package io.tuodui.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tuodui.GatewayStub;
import io.tuodui.GatewayStub.Reply;
import io.tuodui.NodeForTests;
import io.tuodui.RawGateway;
import io.tuodui.account.Account;
import io.tuodui.account.Lead;
import io.tuodui.account.Permits;
import io.tuodui.config.TuoduiProperties;
import io.tuodui.gateway.Dialect;
import io.tuodui.job.Receipt;
import io.tuodui.node.NodeRegistry;
import io.tuodui.node.SharedClock;
import io.tuodui.simulator.SimulatedAccounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.resilience4j.ResilienceProcessor;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Calls that are ready to leave, and come to the wire seconds too late. */
class LapsedPermitsTest {
  private static final int PER_SECOND = 100;
  private static final List<Account> ACCOUNTS = SimulatedAccounts.accounts(1, PER_SECOND, 0);

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
      try (NodeRegistry other = other(node)) {
        appears(other, node);
        assertThat(lapsed(gateway, node, 942_000_000_000L, late)).isPositive();
      }
    }
  }

  /** Else a platform to which a connection takes longer than the guard could never be called. */
  @Test
  void aCallThatDoesNotLeaveLeavesItsConnectionForTheNext() throws IOException {
    int atOnce = 10;
    AtomicInteger replies = new AtomicInteger();
    AtomicReference<Runnable> hold = new AtomicReference<>();
    try (RawGateway gateway =
            RawGateway.start(
                (item, connection) -> {
                  if (replies.incrementAndGet() == 2 * atOnce) {
                    hold.get().run();
                  }
                  byte[] body = Reply.item(item, "").body();
                  connection.write(
                      "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"
                          .formatted(body.length)
                          .getBytes(StandardCharsets.ISO_8859_1));
                  connection.write(body);
                });
        NodeForTests node =
            NodeForTests.start(
                gateway.baseUrl(),
                ACCOUNTS,
                Map.of(
                    "tuodui.inbox.enabled",
                    false,
                    "tuodui.collect.batch-size",
                    atOnce,
                    "tuodui.collect.batches",
                    1));
        NodeRegistry other = other(node)) {
      appears(other, node);
      DepartureGate gate = node.bean(DepartureGate.class);
      hold.set(() -> gate.hold(ACCOUNTS.get(0), Duration.ofMillis(500)));
      node.complete(node.submit(LongStream.range(943_000_000_000L, 943_000_000_100L).toArray()));
      Counter lapsed = node.bean(MeterRegistry.class).find("tuodui.permit.lapsed").counter();
      assertThat(lapsed.count()).isGreaterThan(atOnce);
      assertThat(gateway.connections()).isLessThanOrEqualTo(atOnce);
    }
  }

  /** Not even with an account that is free: it needs the time to come to the wire all the same. */
  @Test
  void besideAnotherNodeAPermitLiesAsFarAheadAsACallTakesToTheWire() throws Exception {
    Duration lead = Duration.ofMillis(200);
    try (GatewayStub gateway = GatewayStub.start();
        NodeForTests node =
            NodeForTests.start(
                gateway.baseUrl(), ACCOUNTS, Map.of("tuodui.inbox.enabled", false))) {
      Permits permits = node.bean(Permits.class);
      await()
          .until(
              () ->
                  permits.snapshot(node.bean(Dialect.class).api()).values().stream()
                      .allMatch(account -> account.freeIn().isZero()));
      node.bean(Lead.class).took(lead);
      assertThat(node.bean(PermitDesk.class).reserve().delay()).as("alone").isLessThan(lead);
      try (NodeRegistry other = other(node)) {
        appears(other, node);
        node.bean(Lead.class).took(lead);
        assertThat(node.bean(PermitDesk.class).reserve().delay()).isGreaterThanOrEqualTo(lead);
      }
    }
  }

  /** Which does not know how late this node's calls left. */
  @Test
  void besideAnotherNodeTheSecondIsStretchedByMore() {
    try (GatewayStub gateway = GatewayStub.start();
        NodeForTests node =
            NodeForTests.start(
                gateway.baseUrl(), ACCOUNTS, Map.of("tuodui.inbox.enabled", false))) {
      long alone = secondOfPermits(node);
      try (NodeRegistry other = other(node)) {
        appears(other, node);
        assertThat(secondOfPermits(node) - alone).isBetween(4L, 6L);
      }
    }
  }

  /** How far apart two permits lie that are as many calls apart as are allowed a second, in ms. */
  private static long secondOfPermits(NodeForTests node) {
    PermitDesk desk = node.bean(PermitDesk.class);
    long first = desk.reserve().slot();
    long last = first;
    for (int i = 0; i < PER_SECOND; i++) {
      last = desk.reserve().slot();
    }
    return last - first;
  }

  private static NodeRegistry other(NodeForTests node) {
    return new NodeRegistry(
        node.bean(StringRedisTemplate.class),
        node.bean(TuoduiProperties.class).queue().prefix(),
        "other",
        Duration.ofMinutes(1),
        new SharedClock(Clock.systemUTC()));
  }

  private static void appears(NodeRegistry other, NodeForTests node) {
    other.start();
    await().until(() -> !node.bean(NodeRegistry.class).isAlone());
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
