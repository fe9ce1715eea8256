package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import io.tuodui.GatewayStub;
import io.tuodui.GatewayStub.Reply;
import io.tuodui.NodeForTests;
import io.tuodui.TcpProxy;
import io.tuodui.account.Account;
import io.tuodui.control.JobControl;
import io.tuodui.embedded.Kind;
import io.tuodui.embedded.ServersForTests;
import io.tuodui.gateway.ReplyClass;
import io.tuodui.simulator.SimulatedAccounts;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Two nodes, one of which loses its leases while it waits for a reply. */
class FencingTest {
  private static final List<Account> ACCOUNTS = SimulatedAccounts.accounts(2, 0, 0);
  private static final long ID = 940_000_000_001L;

  private final CountDownLatch held = new CountDownLatch(1);
  private final Map<String, Object> shared = new HashMap<>();
  private GatewayStub gateway;
  private TcpProxy redisOfZombie;

  @BeforeEach
  void start() throws IOException {
    gateway = GatewayStub.start();
    redisOfZombie = TcpProxy.before(ServersForTests.servers().port(Kind.REDIS));
    shared.put("spring.datasource.url", ServersForTests.newDatabase());
    shared.put("tuodui.queue.prefix", "fencing-" + System.nanoTime());
    shared.put("tuodui.mongodb.database", "fencing" + System.nanoTime());
    shared.put("tuodui.collect.lease", "3s");
    shared.put("tuodui.gateway.response-timeout", 60_000);
    shared.put("tuodui.inbox.enabled", false);
  }

  @AfterEach
  void stop() throws IOException {
    held.countDown();
    gateway.close();
    redisOfZombie.close();
  }

  private NodeForTests node(Map<String, Object> own) {
    Map<String, Object> settings = new HashMap<>(shared);
    settings.putAll(own);
    return NodeForTests.start(gateway.baseUrl(), ACCOUNTS, settings);
  }

  @Test
  void aNodeThatLostItsLeaseWritesNothing() {
    gateway.answer(request -> gateway.requests() == 1 ? firstAnswer() : item("second"));
    try (NodeForTests zombie =
        node(Map.of("spring.data.redis.url", Kind.REDIS.url(redisOfZombie.port())))) {
      final long job = zombie.submit(ID);
      await().until(() -> gateway.requests() == 1);
      try (NodeForTests other = node(Map.of())) {
        redisOfZombie.cut();
        other.complete(job);
        assertThat(gateway.requests()).isEqualTo(2);
        assertThat(ledgerOf(other)).containsEntry("calls", 1);

        redisOfZombie.restore();
        held.countDown();
        await()
            .until(
                () ->
                    zombie.bean(CamelContext.class).getInflightRepository().size("collect-items")
                        == 0);
        assertThat(titleOf(other)).isEqualTo("second");
        assertThat(newestReplyOf(other)).contains("second");
        assertThat(ledgerOf(other)).containsEntry("calls", 1);
        assertThat(other.rows("SELECT 1 FROM job_task WHERE fence > 0")).hasSize(1);
      }
    }
  }

  /** Or else its holder could close the item for a job that comes after the cancelled one. */
  @Test
  void theLedgerLearnsOfALostLeaseAlsoWhenTheJobWasCancelled() {
    gateway.answer(request -> firstAnswer());
    try (NodeForTests zombie =
        node(Map.of("spring.data.redis.url", Kind.REDIS.url(redisOfZombie.port())))) {
      long job = zombie.submit(ID);
      await().until(() -> gateway.requests() == 1);
      try (NodeForTests other = node(Map.of())) {
        redisOfZombie.cut();
        other.bean(JobControl.class).cancel(job);
        await().until(() -> !other.rows("SELECT 1 FROM job_task WHERE fence > 0").isEmpty());
      }
      redisOfZombie.restore();
      held.countDown();
    }
  }

  /**
   * Even if it had passed every check before: the ledger itself refuses the token, and with it the
   * dead letter and the history; also for a job that came after the loss.
   */
  @Test
  void theLedgerRefusesALostToken() {
    gateway.answer(request -> Reply.of(503, "<html>down</html>"));
    try (NodeForTests node = node(Map.of())) {
      node.submit(ID);
      await().until(() -> !node.rows("SELECT 1 FROM task_attempt").isEmpty());
      node.sql().sql("UPDATE job_task SET fence = 9000000000000000000").update();
      node.submit(ID);
      node.sql().sql("DELETE FROM task_attempt").update();
      for (ReplyClass late : List.of(ReplyClass.SUCCEEDED, ReplyClass.INVALID)) {
        node.camel()
            .requestBody(
                "direct:settle-batch",
                List.of(ItemOutcomes.outcome(ID, late, null, "late", Instant.now())));
      }
      assertThat(node.rows("SELECT DISTINCT state FROM job_task"))
          .containsExactly(Map.of("state", "open"));
      assertThat(node.rows("SELECT 1 FROM dead_letter")).isEmpty();
      assertThat(node.rows("SELECT 1 FROM task_attempt")).isEmpty();
    }
  }

  /** As when the connection breaks in the moment of the commit. */
  @Test
  void aTransactionThatIsRepeatedRecordsOneDeadLetter() {
    gateway.answer(request -> Reply.of(503, "<html>down</html>"));
    try (NodeForTests node = node(Map.of())) {
      node.submit(ID);
      for (int times = 0; times < 2; times++) {
        node.camel()
            .requestBody(
                "direct:settle-batch",
                List.of(ItemOutcomes.outcome(ID, ReplyClass.INVALID, null, "bad", Instant.now())));
      }
      assertThat(node.rows("SELECT 1 FROM dead_letter")).hasSize(1);
    }
  }

  @Test
  void aTaskOfWhichTwoNodesDiedIsNotCalledForAgain() {
    gateway.answer(request -> Reply.of(503, "<html>down</html>"));
    try (NodeForTests node = node(Map.of())) {
      final long job = node.submit(ID);
      await().until(() -> gateway.requests() > 0);
      node.bean(StringRedisTemplate.class)
          .opsForHash()
          .put(
              shared.get("tuodui.queue.prefix") + ":{item-detail:" + ID % 8 + "}:deaths",
              Long.toString(ID),
              "2");
      assertThat(node.complete(job).dead()).isEqualTo(1);
      assertThat(node.rows("SELECT reply_class, message FROM dead_letter"))
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(letter).containsEntry("reply_class", "poison");
                assertThat((String) letter.get("message")).contains("2 nodes died");
              });
    }
  }

  private Reply firstAnswer() {
    try {
      held.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return item("first");
  }

  private static Reply item(String title) {
    return Reply.of(
        200,
        ("{\"result\":{\"success\":true,\"code\":\"200\",\"message\":\"成功\",\"result\":{\"offerId\":%d,"
                + "\"subject\":\"%s\",\"status\":\"published\"}}}")
            .formatted(ID, title));
  }

  private static Map<String, Object> ledgerOf(NodeForTests node) {
    return node.rows("SELECT state, calls FROM job_task WHERE item_id = ?", ID).get(0);
  }

  private static Object titleOf(NodeForTests node) {
    return node.rows("SELECT title FROM item WHERE item_id = ?", ID).get(0).get("title");
  }

  private static String newestReplyOf(NodeForTests node) {
    return node.bean(MongoClient.class)
        .getDatabase(node.setting("tuodui.mongodb.database"))
        .getCollection("raw_reply")
        .find(new Document("itemId", ID))
        .first()
        .toJson();
  }
}
