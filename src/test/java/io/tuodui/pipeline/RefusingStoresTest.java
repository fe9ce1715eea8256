package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.model.Filters;
import io.tuodui.GatewayStub;
import io.tuodui.GatewayStub.Reply;
import io.tuodui.NodeForTests;
import io.tuodui.embedded.ServersForTests;
import io.tuodui.job.Receipt;
import io.tuodui.simulator.SimulatedAccounts;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The stores answer, but do not take what they are given: all of it, or one item's. */
class RefusingStoresTest {
  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final int BATCHES = 2;
  private static final int BATCH = 10;
  private static GatewayStub gateway;
  private static NodeForTests node;

  /** The node's user may not write into a server that is read-only; root may. */
  @BeforeAll
  static void start() throws SQLException {
    gateway = GatewayStub.start();
    String database = ServersForTests.newDatabase();
    String name = database.substring(database.lastIndexOf('/') + 1);
    asRoot("CREATE USER plain@'%' IDENTIFIED BY 'for-tests-only'");
    asRoot("GRANT ALL ON " + name + ".* TO plain@'%'");
    node =
        NodeForTests.start(
            gateway.baseUrl(),
            SimulatedAccounts.accounts(2, 0, 0),
            Map.of(
                "spring.datasource.url", database,
                "spring.datasource.username", "plain",
                "spring.datasource.password", "for-tests-only",
                "tuodui.collect.lease", LEASE,
                "tuodui.collect.batch-size", BATCH,
                "tuodui.collect.batches", BATCHES,
                "tuodui.inbox.enabled", false));
  }

  @AfterAll
  static void stop() throws SQLException {
    asRoot("SET GLOBAL read_only = 0");
    node.close();
    gateway.close();
    asRoot("DROP USER plain@'%'");
  }

  private static void asRoot(String statement) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(ServersForTests.jdbcUrl(), "root", "");
        Statement root = connection.createStatement()) {
      root.execute(statement);
    }
  }

  private static Document raw(long id) {
    return node.bean(MongoClient.class)
        .getDatabase(node.setting("tuodui.mongodb.database"))
        .getCollection("raw_reply")
        .find(Filters.eq("itemId", id))
        .first();
  }

  @Test
  void aReadOnlyMySqlIsWaitedForWithTheLeasesKept() throws Exception {
    long[] ids = LongStream.range(950_000_000_000L, 950_000_000_100L).toArray();
    int earlier = gateway.requests();
    AtomicBoolean first = new AtomicBoolean(true);
    gateway.answer(
        request -> {
          if (first.getAndSet(false)) {
            try {
              asRoot("SET GLOBAL read_only = 1");
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          }
          return Reply.item(request.itemId(), "");
        });
    long job = node.submit(ids);
    await().until(() -> gateway.requests() - earlier >= BATCH);
    await("no lease ends, and nothing more is claimed")
        .during(LEASE.multipliedBy(3))
        .atMost(LEASE.multipliedBy(4))
        .until(() -> gateway.requests() - earlier <= BATCHES * BATCH);
    asRoot("SET GLOBAL read_only = 0");
    Receipt receipt = node.complete(job);
    assertThat(receipt.succeeded()).isEqualTo(ids.length);
    assertThat(receipt.calls()).isEqualTo(ids.length);
    assertThat(gateway.requests() - earlier).isEqualTo(ids.length);
  }

  @Test
  void anItemThatMySqlRefusesDiesAloneAndNoCallIsRepeated() {
    gateway.answer(request -> Reply.item(request.itemId(), ""));
    long[] ids = LongStream.range(951_000_000_000L, 951_000_000_030L).toArray();
    long bad = ids[17];
    int earlier = gateway.requests();
    node.sql()
        .sql("ALTER TABLE item ADD CONSTRAINT not_this_one CHECK (title <> '货品 " + bad + "')")
        .update();
    Receipt receipt = node.complete(node.submit(ids));
    assertThat(receipt.succeeded()).isEqualTo(ids.length - 1);
    assertThat(receipt.dead()).isEqualTo(1);
    assertThat(gateway.requests() - earlier).as("calls").isEqualTo(ids.length);
    assertThat(
            node.rows(
                "SELECT COUNT(*) AS n FROM item WHERE item_id BETWEEN ? AND ?", ids[0], ids[29]))
        .containsExactly(Map.of("n", 29L));
    Map<String, Object> letter =
        node.rows("SELECT * FROM dead_letter WHERE item_id = ?", bad).get(0);
    assertThat(letter)
        .containsEntry("reply_class", "unstorable")
        .containsEntry("code", "mysql 4025")
        .containsEntry("http_status", 200)
        .containsEntry("route", "collect-items");
    assertThat((String) letter.get("message")).contains("not_this_one");
    assertThat(new String((byte[]) letter.get("body"), StandardCharsets.UTF_8))
        .contains("货品 " + bad);
    assertThat(raw(bad)).as("MongoDB has the whole reply").isNotNull();
    assertThat(node.rows("SELECT code FROM job_task WHERE item_id = ?", bad))
        .containsExactly(Map.of("code", "unstorable mysql 4025"));
  }

  /** A million numbers are 2 MB of JSON, but 12 MB of BSON, and more are more than a document. */
  @Test
  void aReplyTooLargeAsADocumentIsKeptAsText() {
    long id = 952_000_000_000L;
    gateway.answer(
        request -> Reply.item(request.itemId(), "\"x\":[1" + ",1".repeat(1_600_000) + "]"));
    assertThat(node.complete(node.submit(id)).succeeded()).isEqualTo(1);
    assertThat(raw(id).get("newest", Document.class).getString("reply")).contains("货品 " + id);
  }
}
