package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tuodui.GatewayStub;
import io.tuodui.GatewayStub.Reply;
import io.tuodui.NodeForTests;
import io.tuodui.TcpProxy;
import io.tuodui.account.Account;
import io.tuodui.account.Permits;
import io.tuodui.embedded.Kind;
import io.tuodui.embedded.ServersForTests;
import io.tuodui.gateway.Dialect;
import io.tuodui.job.Receipt;
import io.tuodui.simulator.SimulatedAccounts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.apache.camel.component.resilience4j.ResilienceProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Redis goes away while a batch is under way, at the moments that are most inconvenient. */
@ExtendWith(OutputCaptureExtension.class)
class RedisOutageTest {
  private static final List<Account> ACCOUNTS = SimulatedAccounts.accounts(1, 2, 0);
  private static final long ID = 960_000_000_000L;

  /** In the same shard, so that one claim takes both. */
  private static final long OTHER = ID + 8;

  private GatewayStub gateway;
  private TcpProxy redis;
  private NodeForTests node;

  @BeforeEach
  void start() {
    gateway = GatewayStub.start();
    redis = TcpProxy.before(ServersForTests.servers().port(Kind.REDIS));
    node =
        NodeForTests.start(
            gateway.baseUrl(),
            ACCOUNTS,
            Map.of(
                "spring.data.redis.url",
                Kind.REDIS.url(redis.port()),
                "spring.data.redis.timeout",
                "2s",
                "tuodui.collect.batches",
                1,
                "tuodui.inbox.enabled",
                false));
  }

  @AfterEach
  void stop() throws IOException {
    redis.restore();
    node.close();
    redis.close();
    gateway.close();
  }

  @Test
  void theCallsOfATaskThatStaysOpenCountOnceThoughTheQueueCannotBeTold(CapturedOutput log) {
    CountDownLatch ledgerIsHeld = new CountDownLatch(1);
    gateway.answer(
        request -> {
          if (gateway.requests() > 1) {
            return Reply.item(request.itemId(), "");
          }
          awaitQuietly(ledgerIsHeld);
          return Reply.of(503, "<html>down</html>");
        });
    long job = node.submit(ID);
    await().until(() -> gateway.requests() == 1);
    node.bean(TransactionTemplate.class)
        .executeWithoutResult(
            transaction -> {
              node.rows("SELECT 1 FROM job_task WHERE item_id = ? FOR UPDATE", ID);
              ledgerIsHeld.countDown();
              await().until(this::ledgerIsWaitedFor);
              redis.cut();
            });
    awaitWaitingBatch(log);
    redis.restore();
    Receipt receipt = node.complete(job);
    assertThat(receipt.succeeded()).isEqualTo(1);
    assertThat(receipt.calls()).isEqualTo(2).isEqualTo(gateway.requests());
  }

  /** By the history, which is the first that is written. */
  private boolean ledgerIsWaitedFor() {
    return !node.rows(
            "SELECT 1 FROM information_schema.processlist WHERE db = DATABASE()"
                + " AND id <> CONNECTION_ID() AND info LIKE '%INSERT INTO task_attempt%'")
        .isEmpty();
  }

  @Test
  void aRefusalForBeingTooFastIsOneAlsoWhenTheAccountCannotBeTold(CapturedOutput log) {
    gateway.answer(
        request -> {
          if (gateway.requests() > 1) {
            return Reply.item(request.itemId(), "");
          }
          redis.cut();
          return Reply.error(400, "gw.QosAppFrequencyLimit");
        });
    long job = node.submit(ID);
    awaitWaitingBatch(log);
    redis.restore();
    Receipt receipt = node.complete(job);
    assertThat(receipt.refused()).isEqualTo(1);
    assertThat(receipt.calls()).isEqualTo(2);
    assertThat(node.rows("SELECT reply_class FROM task_attempt WHERE item_id = ?", ID))
        .containsExactly(Map.of("reply_class", "throttled"));
  }

  @Test
  void aReplyIsNotLostBecauseThePermitOfAnotherCallCannotBeHandedBack(CapturedOutput log) {
    AtomicBoolean first = new AtomicBoolean(true);
    gateway.answer(
        request -> {
          if (first.getAndSet(false)) {
            await("permits for both").until(() -> callsToday() == 2);
            breaker().transitionToOpenState();
            redis.cut();
          }
          return Reply.item(request.itemId(), "");
        });
    long job = node.submit(ID, OTHER);
    awaitWaitingBatch(log);
    breaker().transitionToCloseState();
    redis.restore();
    assertThat(node.complete(job).succeeded()).isEqualTo(2);
    assertThat(gateway.requestsFor(ID)).hasSize(1);
    assertThat(gateway.requestsFor(OTHER)).hasSize(1);
  }

  /** What the client keeps for it takes memory for as long as it is away, and its full time-out. */
  @Test
  void nothingIsKeptForARedisThatIsAway() {
    StringRedisTemplate client = node.bean(StringRedisTemplate.class);
    redis.cut();
    await().until(() -> isAway(() -> client.hasKey("any")));
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          for (int command = 0; command < 100; command++) {
            assertThat(isAway(() -> client.hasKey("any"))).isTrue();
          }
        });
  }

  private static boolean isAway(Runnable question) {
    try {
      question.run();
      return false;
    } catch (DataAccessException away) {
      return true;
    }
  }

  /** A step of the batch needs Redis, has failed, and is to be repeated. */
  private static void awaitWaitingBatch(CapturedOutput log) {
    await().until(() -> log.getAll().contains("Failed delivery"));
  }

  private long callsToday() {
    return node.bean(Permits.class)
        .snapshot(node.bean(Dialect.class).api())
        .get(ACCOUNTS.get(0).name())
        .callsToday();
  }

  private ResilienceProcessor breaker() {
    return node.bean(CamelContext.class).getProcessor("gateway", ResilienceProcessor.class);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
