package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.tuodui.GatewayStub;
import io.tuodui.GatewayStub.Reply;
import io.tuodui.NodeForTests;
import io.tuodui.TcpProxy;
import io.tuodui.job.Receipt;
import io.tuodui.simulator.SimulatedAccounts;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.resilience4j.ResilienceProcessor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The platform, or a table that a batch is settled in, fails altogether. */
class GatewayDownTest {
  private static GatewayStub gateway;
  private static TcpProxy network;
  private static NodeForTests node;

  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final int BATCHES = 2;
  private static final int BATCH = 10;

  /**
   * Nine in ten of the last 50 calls, what is under way when the breaker opens, two rounds of
   * probes.
   */
  private static final int CALLS_WASTED = 45 + BATCHES * BATCH + 2 * 5;

  @BeforeAll
  static void start() {
    gateway = GatewayStub.start();
    network = TcpProxy.before(URI.create(gateway.baseUrl()).getPort());
    node =
        NodeForTests.start(
            "http://127.0.0.1:" + network.port(),
            SimulatedAccounts.accounts(2, 0, 0),
            Map.of(
                "tuodui.collect.lease",
                LEASE,
                "tuodui.collect.batch-size",
                BATCH,
                "tuodui.collect.batches",
                BATCHES,
                "tuodui.inbox.enabled",
                false));
  }

  @AfterAll
  static void stop() throws IOException {
    network.restore();
    node.close();
    network.close();
    gateway.close();
  }

  /** Without care, Camel goes on behind an open breaker as if the call had been made. */
  @Test
  void anOpenCircuitBreakerIsNoSuccessAndLosesNothing() throws Exception {
    afterGoodTraffic(900_000_000_000L);
    long[] ids = LongStream.range(910_000_000_000L, 910_000_000_150L).toArray();
    int earlier = gateway.requests();
    gateway.answer(request -> Reply.of(503, "<html>down</html>"));
    long job = node.submit(ids);
    await().atMost(Duration.ofSeconds(20)).until(() -> breakerState().equals("OPEN"));
    await().until(() -> node.receipt(job).calls() == gateway.requests() - earlier);
    int calls = gateway.requests();
    await().during(Duration.ofSeconds(2)).until(() -> gateway.requests() == calls);
    Receipt held = node.receipt(job);
    assertThat(held.open()).isEqualTo(ids.length);
    assertThat(calls - earlier).isLessThanOrEqualTo(CALLS_WASTED);
    assertThat(held.succeeded() + held.dead()).isZero();
    gateway.answer(request -> Reply.item(request.itemId(), ""));
    Receipt receipt = node.complete(job);
    assertThat(receipt.succeeded()).isEqualTo(ids.length);
    assertThat(receipt.calls()).isEqualTo(gateway.requests() - earlier);
    assertThat(
            node.rows(
                "SELECT COUNT(*) AS n FROM item WHERE item_id BETWEEN ? AND ?", ids[0], ids[149]))
        .containsExactly(Map.of("n", 150L));
  }

  /** Each task is tried three times at once; the breaker ends that, and then probes. */
  @Test
  void aPlatformThatCannotBeReachedCostsFewCallsAndIsFoundAgain() {
    long[] ids = LongStream.range(930_000_000_000L, 930_000_000_400L).toArray();
    afterGoodTraffic(901_000_000_000L);
    network.cut();
    long job = node.submit(ids);
    await().atMost(Duration.ofSeconds(20)).until(() -> breakerState().equals("OPEN"));
    await().atMost(Duration.ofSeconds(30)).until(() -> breakerState().equals("HALF_OPEN"));
    await().atMost(Duration.ofSeconds(30)).until(() -> breakerState().equals("OPEN"));
    assertThat(node.receipt(job).calls()).isBetween(20L, (long) CALLS_WASTED);
    assertThat(node.receipt(job).open()).isEqualTo(ids.length);
    network.restore();
    assertThat(node.complete(job).succeeded()).isEqualTo(ids.length);
  }

  /** The worst case: the breaker has seen nothing but good calls for long. */
  private static void afterGoodTraffic(long firstId) {
    gateway.answer(request -> Reply.item(request.itemId(), ""));
    long[] ids = LongStream.range(firstId, firstId + 300).toArray();
    assertThat(node.complete(node.submit(ids)).succeeded()).isEqualTo(ids.length);
    await().until(() -> breakerState().equals("CLOSED"));
  }

  private static String breakerState() {
    ResilienceProcessor breaker =
        node.bean(CamelContext.class).getProcessor("gateway", ResilienceProcessor.class);
    return CircuitBreaker.State.valueOf(breaker.getCircuitBreakerState()).name();
  }

  /**
   * The first and the last statement of the transaction that settles a batch; from the call on, so
   * that the batch is claimed.
   */
  @ParameterizedTest
  @CsvSource({"dead_letter, 920000000001", "job_task, 920000000011"})
  void withoutATableToSettleInABatchWaitsWithItsLeasesAndCallsNothingAgain(
      String table, long good) {
    long bad = good + 1;
    String away = table + "_away";
    AtomicBoolean first = new AtomicBoolean(true);
    CompletableFuture<Void> submitted = new CompletableFuture<>();
    gateway.answer(
        request -> {
          if (request.itemId() == good) {
            return Reply.item(good, "");
          }
          if (first.getAndSet(false)) {
            submitted.join();
            rename(table, away);
          }
          return Reply.error(400, "gw.ParamMissing");
        });
    long job = node.submit(good, bad);
    submitted.complete(null);
    try {
      await().until(() -> gateway.requestsFor(bad).size() > 0);
      await("no lease ends")
          .during(LEASE.multipliedBy(2))
          .atMost(LEASE.multipliedBy(3))
          .until(() -> gateway.requestsFor(bad).size() == 1);
    } finally {
      rename(away, table);
    }
    Receipt receipt = node.complete(job);
    assertThat(receipt.succeeded()).isEqualTo(1);
    assertThat(receipt.dead()).isEqualTo(1);
    assertThat(receipt.calls()).isEqualTo(2);
    assertThat(gateway.requestsFor(bad)).hasSize(1);
    assertThat(gateway.requestsFor(good)).hasSize(1);
    assertThat(node.rows("SELECT COUNT(*) AS n FROM dead_letter WHERE item_id = ?", bad))
        .containsExactly(Map.of("n", 1L));
    assertThat(node.rows("SELECT COUNT(*) AS n FROM task_attempt WHERE item_id = ?", bad))
        .containsExactly(Map.of("n", 1L));
  }

  private static void rename(String table, String name) {
    node.sql().sql("RENAME TABLE " + table + " TO " + name).update();
  }
}
