package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.model.Filters;
import io.tuodui.NodeForTests;
import io.tuodui.TcpProxy;
import io.tuodui.account.Account;
import io.tuodui.embedded.Kind;
import io.tuodui.embedded.ServersForTests;
import io.tuodui.job.Receipt;
import io.tuodui.simulator.Faults;
import io.tuodui.simulator.SimulatedAccounts;
import io.tuodui.simulator.SimulatedItems;
import io.tuodui.simulator.Simulator;
import io.tuodui.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Each store is away for a few seconds in the middle of a job, and then two of them together. */
@ExtendWith(OutputCaptureExtension.class)
class OutageTest {
  private static final int IDS = 360;

  /**
   * What the platform allows, and what the node believes: a slow machine's jitter is not the point.
   */
  private static final int ALLOWED = 60;

  private static final int CONFIGURED = 40;
  private static final Duration AWAY = Duration.ofSeconds(3);
  private static final List<Account> ACCOUNTS = SimulatedAccounts.accounts(2, CONFIGURED, 0);
  private static final Map<Kind, TcpProxy> PROXIES = new EnumMap<>(Kind.class);

  private static Simulator simulator;
  private static NodeForTests node;
  private static int used;

  @BeforeAll
  static void start() {
    simulator =
        Simulator.start(
            new SimulatorOptions(
                0,
                ACCOUNTS.size(),
                ALLOWED,
                0,
                Duration.ofMillis(50),
                Duration.ofMillis(20),
                Faults.NONE,
                1));
    for (Kind kind : Kind.values()) {
      PROXIES.put(kind, TcpProxy.before(ServersForTests.servers().port(kind)));
    }
    int mysql = PROXIES.get(Kind.MYSQL).port();
    Map<String, Object> settings = new HashMap<>();
    settings.put("spring.data.redis.url", Kind.REDIS.url(PROXIES.get(Kind.REDIS).port()));
    settings.put(
        "spring.data.mongodb.uri",
        Kind.MONGODB.url(PROXIES.get(Kind.MONGODB).port())
            + "?serverSelectionTimeoutMS=1000&connectTimeoutMS=1000");
    settings.put(
        "spring.datasource.url",
        ServersForTests.newDatabase().replaceFirst("127\\.0\\.0\\.1:\\d+", "127.0.0.1:" + mysql));
    settings.put("spring.datasource.hikari.connection-timeout", 1000);
    settings.put("tuodui.limits.slow-start", "1s");
    settings.put("tuodui.schedule.forget", "0/5 * * * * ?");
    node = NodeForTests.start(simulator.baseUrl(), ACCOUNTS, settings);
  }

  @AfterAll
  static void stop() throws IOException {
    PROXIES.values().forEach(TcpProxy::restore);
    node.close();
    simulator.close();
    for (TcpProxy proxy : PROXIES.values()) {
      proxy.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"REDIS", "MYSQL", "MONGODB", "MYSQL MONGODB"})
  void theJobGoesOnAfterwardsWithNothingLostOrDoubled(String names, CapturedOutput log)
      throws Exception {
    List<TcpProxy> away =
        Arrays.stream(names.split(" ")).map(Kind::valueOf).map(PROXIES::get).toList();
    List<Long> ids = SimulatedItems.ids(used + IDS).skip(used).boxed().toList();
    used += IDS;
    long before = simulator.stats().totals().calls();
    long job = node.submit(ids.stream().map(String::valueOf).toList());
    await().until(() -> simulator.stats().totals().calls() - before > IDS / 4);

    away.forEach(TcpProxy::cut);
    await().pollDelay(AWAY).until(() -> health("readiness") == 503);
    assertThat(health("liveness")).as("a restart would help nothing").isEqualTo(200);
    assertThat(simulator.stats().totals().calls() - before)
        .as("the job was not over before the outage")
        .isLessThan(IDS);
    away.forEach(TcpProxy::restore);

    Receipt receipt = node.complete(job);
    long published = ids.stream().filter(SimulatedItems::published).count();
    assertThat(receipt.succeeded()).isEqualTo(published);
    assertThat(receipt.gone()).isEqualTo(IDS - published);
    assertThat(receipt.calls()).as("calls in the ledger").isEqualTo(IDS);
    assertThat(simulator.stats().totals().calls() - before).as("calls made").isEqualTo(IDS);
    assertThat(simulator.stats().totals().refused()).isEmpty();
    assertThat(simulator.stats().totals().maxCallsInAnySecond()).isLessThanOrEqualTo(ALLOWED);
    assertThat(
            node.bean(MongoClient.class)
                .getDatabase(node.setting("tuodui.mongodb.database"))
                .getCollection("raw_reply")
                .countDocuments(Filters.in("itemId", ids)))
        .isEqualTo(IDS);
    assertThat(
            ids.stream()
                .filter(SimulatedItems::published)
                .filter(id -> node.rows("SELECT 1 FROM item WHERE item_id = ?", id).isEmpty()))
        .as("published items without a row")
        .isEmpty();
    await().until(() -> health("readiness") == 200);
    long turn = lastTurn();
    await("the turns of all nodes").atMost(Duration.ofSeconds(30)).until(() -> lastTurn() > turn);
    assertThat(log).doesNotContain("CamelJob", "FatalFallbackErrorHandler", "ErrorLogger");
  }

  /** When Quartz, in MySQL, last gave a turn to some node; milliseconds since 1970. */
  private static long lastTurn() {
    return node.sql()
        .sql("SELECT PREV_FIRE_TIME FROM QRTZ_TRIGGERS WHERE TRIGGER_NAME = 'forget-statuses'")
        .query(Long.class)
        .single();
  }

  private static int health(String group) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(node.url() + "/actuator/health/" + group)).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
