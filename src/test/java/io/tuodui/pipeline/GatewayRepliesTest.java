package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.model.Filters;
import io.tuodui.GatewayStub;
import io.tuodui.GatewayStub.Reply;
import io.tuodui.NodeForTests;
import io.tuodui.account.Account;
import io.tuodui.account.Permits;
import io.tuodui.job.Receipt;
import io.tuodui.simulator.SimulatedAccounts;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Replies that the simulator does not give: a gateway whose every answer the test chooses. */
class GatewayRepliesTest {
  private static final List<Account> ACCOUNTS = SimulatedAccounts.accounts(2, 0, 0);
  private static final AtomicLong NEXT = new AtomicLong(700_000_000_000L);
  private static final String API = "product.search.queryProductDetail";
  private static final String UNKNOWN_SHAPE = "{\"hello\":[1.50,\"世界\"]}";

  private static GatewayStub gateway;
  private static NodeForTests node;

  @BeforeAll
  static void start() {
    gateway = GatewayStub.start();
    node = NodeForTests.start(gateway.baseUrl(), ACCOUNTS, Map.of("tuodui.collect.lease", "3s"));
  }

  @AfterAll
  static void stop() {
    node.close();
    gateway.close();
  }

  @AfterEach
  void answerWellAgain() {
    gateway.answer(request -> Reply.item(request.itemId(), ""));
    ACCOUNTS.forEach(account -> node.bean(Permits.class).resume(account.name()));
  }

  /** As many replies of one kind as given, and good ones after. */
  private static void answerFirst(int times, Reply reply) {
    AtomicInteger left = new AtomicInteger(times);
    gateway.answer(
        request -> left.getAndDecrement() > 0 ? reply : Reply.item(request.itemId(), ""));
  }

  /** By the platform, and where more is not kept. */
  private static List<String> cutWords() {
    return List.of("cut by the platform \\ud83d", "x".repeat(299) + "\\ud83d\\ude00 and more");
  }

  /** MySQL refuses half a character, and with it the history of the whole batch. */
  @ParameterizedTest
  @MethodSource("cutWords")
  void wordsOfWhichACharacterIsCutInHalfAreKept(String words) {
    long id = NEXT.incrementAndGet();
    answerFirst(
        1, Reply.of(500, "{\"error_code\":\"gw.ISPUnknown\",\"error_message\":\"" + words + "\"}"));
    assertThat(node.complete(node.submit(id)).succeeded()).isEqualTo(1);
    assertThat(node.rows("SELECT message FROM task_attempt WHERE item_id = ?", id))
        .first()
        .extracting(row -> (String) row.get("message"), InstanceOfAssertFactories.STRING)
        .startsWith(words.substring(0, 19));
  }

  @Test
  void aShapeNobodyKnowsIsDeadAfterThreeAttemptsWithItsBodyKept() {
    long id = NEXT.incrementAndGet();
    gateway.answer(request -> Reply.of(200, UNKNOWN_SHAPE));
    Receipt receipt = node.complete(node.submit(id));
    assertThat(receipt.dead()).isEqualTo(1);
    assertThat(receipt.calls()).isEqualTo(3).isEqualTo(gateway.requestsFor(id).size());
    Map<String, Object> letter =
        node.rows("SELECT * FROM dead_letter WHERE item_id = ?", id).get(0);
    assertThat(letter)
        .containsEntry("reply_class", "malformed")
        .containsEntry("code", "unknown-shape")
        .containsEntry("attempts", 3)
        .containsEntry("http_status", 200)
        .containsEntry("body", UNKNOWN_SHAPE.getBytes(StandardCharsets.UTF_8));
    assertThat((String) letter.get("message")).contains("hello");
    assertThat((String) letter.get("account")).startsWith("sim-");
    assertThat(statusInRedis(id)).isEqualTo("dead");
  }

  @Test
  void anInvalidRequestIsDeadAtOnce() {
    long id = NEXT.incrementAndGet();
    gateway.answer(request -> Reply.error(400, "gw.ParamMissing"));
    Receipt receipt = node.complete(node.submit(id));
    assertThat(receipt.dead()).isEqualTo(1);
    assertThat(receipt.calls()).isEqualTo(1);
    assertThat(node.rows("SELECT * FROM dead_letter WHERE item_id = ?", id).get(0))
        .containsEntry("reply_class", "invalid")
        .containsEntry("code", "gw.ParamMissing")
        .containsEntry("attempts", 1);
  }

  @Test
  void aDeadIdIsTriedAgainWhenSubmittedAgain() {
    long id = NEXT.incrementAndGet();
    gateway.answer(request -> Reply.error(400, "gw.ParamMissing"));
    assertThat(node.complete(node.submit(id)).dead()).isEqualTo(1);
    answerWellAgain();
    assertThat(node.complete(node.submit(id)).succeeded()).isEqualTo(1);
    assertThat(statusInRedis(id)).isEqualTo("succeeded");
  }

  /** The HTTP client's own repetition of a 429 or 503 would be a call that nobody counted. */
  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void theHttpClientRepeatsNothingByItself(int status) {
    long id = NEXT.incrementAndGet();
    answerFirst(1, Reply.of(status, "<html>busy</html>"));
    Receipt receipt = node.complete(node.submit(id));
    assertThat(receipt.succeeded()).isEqualTo(1);
    assertThat(gateway.requestsFor(id)).hasSize(2);
    assertThat(receipt.calls()).isEqualTo(2);
  }

  @Test
  void noReplyIsTriedThreeTimesInOneClaim() {
    long id = NEXT.incrementAndGet();
    double permitsBefore = permitsGiven();
    gateway.answer(request -> Reply.NONE);
    long job = node.submit(id);
    Set<Long> countsSeen = ConcurrentHashMap.newKeySet();
    await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> countsSeen.add(node.receipt(job).calls()) && countsSeen.size() > 2);
    assertThat(countsSeen).allSatisfy(calls -> assertThat(calls % 3).isZero());
    answerWellAgain();
    Receipt receipt = node.complete(job);
    assertThat(receipt.calls()).isEqualTo(gateway.requestsFor(id).size());
    assertThat(permitsGiven() - permitsBefore)
        .as("each try has a permit of its own")
        .isEqualTo(receipt.calls());
  }

  private static double permitsGiven() {
    return node.bean(io.micrometer.core.instrument.MeterRegistry.class)
        .get("tuodui.permit.wait")
        .timer()
        .count();
  }

  @Test
  void aRefusalForBeingTooFastIsNoAttempt() {
    long id = NEXT.incrementAndGet();
    gateway.answer(request -> Reply.error(400, "gw.QosAppFrequencyLimit"));
    long job = node.submit(id);
    await().until(() -> node.receipt(job).refused() == ACCOUNTS.size());
    await().until(() -> "pending".equals(statusInRedis(id)));
    answerWellAgain();
    assertThat(node.complete(job).succeeded()).isEqualTo(1);
  }

  @Test
  void withEveryAccountSuspendedTasksWaitAndNothingIsBurnt() {
    long[] ids = LongStream.range(0, 30).map(i -> NEXT.incrementAndGet()).toArray();
    gateway.answer(request -> Reply.error(401, "401"));
    long job = node.submit(ids);
    Permits permits = node.bean(Permits.class);
    await().until(() -> permits.unusable(API).size() == ACCOUNTS.size());
    await().until(() -> settled(job));
    int calls = gateway.requests();
    await().during(Duration.ofSeconds(1)).until(() -> gateway.requests() == calls);
    assertThat(node.receipt(job).open()).isEqualTo(ids.length);
    answerWellAgain();
    assertThat(node.complete(job).succeeded()).isEqualTo(ids.length);
  }

  /** All calls made so far are in the ledger. */
  private static boolean settled(long job) {
    long requests =
        node.rows("SELECT item_id FROM job_task WHERE job_id = ?", job).stream()
            .mapToLong(row -> gateway.requestsFor((Long) row.get("item_id")).size())
            .sum();
    return node.receipt(job).calls() == requests;
  }

  @Test
  void numbersOfAReplyKeepTheirValueInMongo() {
    long id = NEXT.incrementAndGet();
    gateway.answer(
        request ->
            Reply.item(
                request.itemId(),
                "\"price\":0.10,\"huge\":123456789012345678901234567890,\"long\":9007199254740993,"
                    + "\"small\":7,\"list\":[1.5,null,true]"));
    node.complete(node.submit(id));
    Document item =
        node.bean(MongoClient.class)
            .getDatabase(node.setting("tuodui.mongodb.database"))
            .getCollection("raw_reply")
            .find(Filters.eq("itemId", id))
            .first()
            .getEmbedded(List.of("newest", "reply", "result", "result"), Document.class);
    assertThat(item)
        .containsEntry("price", new Decimal128(new BigDecimal("0.10")))
        .containsEntry("huge", new Decimal128(new BigDecimal("123456789012345678901234567890")))
        .containsEntry("long", 9007199254740993L)
        .containsEntry("small", 7)
        .containsEntry("list", Arrays.asList(new Decimal128(new BigDecimal("1.5")), null, true));
  }

  @Test
  void textsThatStoresDislikeAreStored() {
    long id = NEXT.incrementAndGet();
    String longTitle = "😀" + "货".repeat(700);
    gateway.answer(
        request ->
            Reply.of(
                200,
                ("{\"result\":{\"success\":true,\"result\":{\"offerId\":%d,\"subject\":\"%s\",\"status\":\"published\","
                        + "\"a\\u0000b\":1,\"companyName\":\"x\\u0000y 🐫\",\"sellerOpenId\":\"BBBs\"}}}")
                    .formatted(id, longTitle)));
    assertThat(node.complete(node.submit(id)).succeeded()).isEqualTo(1);
    String title =
        (String) node.rows("SELECT title FROM item WHERE item_id = ?", id).get(0).get("title");
    assertThat(title).startsWith("😀货").hasSize(501);
    assertThat(node.rows("SELECT company_name FROM seller WHERE seller_id = 'BBBs'").get(0))
        .containsEntry("company_name", "xy 🐫");
    assertThat(
            node.bean(MongoClient.class)
                .getDatabase(node.setting("tuodui.mongodb.database"))
                .getCollection("raw_reply")
                .find(Filters.eq("itemId", id))
                .first()
                .getEmbedded(List.of("newest", "reply"), String.class))
        .as("BSON has no NUL in a key: kept as text")
        .contains(longTitle);
  }

  private static Object statusInRedis(long id) {
    return node.bean(StringRedisTemplate.class)
        .opsForHash()
        .get(
            node.setting("tuodui.queue.prefix") + ":{item-detail:" + id % 8 + "}:status",
            Long.toString(id));
  }
}
