package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.tuodui.NodeForTests;
import io.tuodui.account.Account;
import io.tuodui.account.AccountState;
import io.tuodui.account.Permits;
import io.tuodui.job.Receipt;
import io.tuodui.simulator.Fault;
import io.tuodui.simulator.SimulatedItems;
import io.tuodui.simulator.Simulator;
import io.tuodui.simulator.SimulatorOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What becomes of tasks and accounts when the simulated platform fails calls or refuses accounts.
 * Its tokens hold what must be encoded with care, so every call here also proves that what arrives
 * is what was signed.
 */
class ErrorTableTest {
  private static final String API = "product.search.queryProductDetail";
  private static final List<Account> KNOWN = new ArrayList<>();

  /** Published ids, each used once. */
  private static final PrimitiveIterator.OfLong IDS =
      SimulatedItems.ids(20_000).skip(5_000).filter(SimulatedItems::published).iterator();

  private static Simulator simulator;
  private static NodeForTests node;

  @BeforeAll
  static void start() {
    for (int i = 1; i <= 6; i++) {
      KNOWN.add(new Account("acc-" + i, "700" + i, "secret-" + i, "令牌 a+b&c=d/%2B é😀 " + i, null));
    }
    simulator = Simulator.start(SimulatorOptions.plain(1), KNOWN, Clock.systemUTC());
    List<Account> configured = new ArrayList<>(KNOWN.subList(0, 5));
    configured.add(new Account("acc-wrong", "7006", "not-its-secret", "t", null));
    node =
        NodeForTests.start(
            simulator.baseUrl(), configured, Map.of("tuodui.gateway.response-timeout", 1500));
    permits().suspend("acc-wrong", "not in this test");
  }

  @AfterAll
  static void stop() {
    node.close();
    simulator.close();
  }

  @AfterEach
  void everyoneElseWasLeftAlone() {
    assertThat(simulator.stats().totals().signatureFailures())
        .isEqualTo(simulator.stats().accounts().get(5).signatureFailures());
  }

  private static Permits permits() {
    return node.bean(Permits.class);
  }

  private static long[] ids(int count) {
    long[] ids = new long[count];
    for (int i = 0; i < count; i++) {
      ids[i] = IDS.nextLong();
    }
    return ids;
  }

  /** The columns: how often the platform fails in this way, and the calls that it takes then. */
  @ParameterizedTest
  @CsvSource({
    "TRUNCATED, 1, 2",
    "TRUNCATED, 4, 5",
    "EMPTY,     1, 2",
    "DUPLICATED_KEYS, 2, 3",
    "HTML,      1, 2",
    "HTML,      2, 3",
    "UPSTREAM,  1, 2",
    "RESET,     2, 3",
    "RESET,     4, 5",
    "TIMEOUT,   1, 2"
  })
  void aFaultThatPassesCostsCallsButNoItem(Fault fault, int times, int calls) {
    for (int i = 0; i < times; i++) {
      simulator.failNext(fault);
    }
    Map<String, String> suspended = permits().unusable(API);
    long callsBefore = simulator.stats().totals().calls();
    long[] id = ids(1);
    Receipt receipt = node.complete(node.submit(id));
    assertThat(receipt.succeeded()).isEqualTo(1);
    assertThat(receipt.calls()).isEqualTo(calls);
    assertThat(receipt.retried()).isEqualTo(calls - 1);
    assertThat(receipt.refused()).isZero();
    assertThat(simulator.stats().totals().calls() - callsBefore).isEqualTo(calls);
    assertThat(node.rows("SELECT code FROM job_task WHERE item_id = ?", id[0]).get(0).get("code"))
        .as("of the last call, which succeeded")
        .isNull();
    assertThat(permits().unusable(API)).as("not the accounts' fault").isEqualTo(suspended);
  }

  @Test
  void refusedAsTooFastRestsTheAccountAndIsNoAttempt() {
    KNOWN.subList(0, 5).forEach(account -> simulator.account(account.appKey()).perSecond(1));
    Map<String, String> suspended = permits().unusable(API);
    try {
      long[] ids = ids(12);
      long job = node.submit(ids);
      await().until(() -> node.receipt(job).refused() > 0);
      assertThat(permits().snapshot(API).values())
          .anySatisfy(state -> assertThat(state.freeIn()).isPositive());
      KNOWN.subList(0, 5).forEach(account -> simulator.account(account.appKey()).perSecond(0));
      Receipt receipt = node.complete(job);
      assertThat(receipt.succeeded()).isEqualTo(ids.length);
      assertThat(receipt.calls() - receipt.refused()).isEqualTo(ids.length);
      assertThat(permits().unusable(API)).isEqualTo(suspended);
    } finally {
      KNOWN.subList(0, 5).forEach(account -> simulator.account(account.appKey()).perSecond(0));
    }
  }

  @Test
  void aSpentQuotaParksTheAccountUntilMidnight() {
    simulator.account("7001").packageOf(0);
    Receipt receipt = node.complete(node.submit(ids(20)));
    assertThat(receipt.succeeded()).isEqualTo(20);
    AccountState state = permits().snapshot(API).get("acc-1");
    assertThat(state.freeIn()).isBetween(Duration.ofSeconds(5), Duration.ofHours(25));
    assertThat(state.suspendedFor()).isNull();
    assertThat(simulator.stats().accounts().get(0).refused()).containsKey("package");
  }

  @Test
  void aDeadTokenSuspendsTheAccountAndSaysWhatToDo() {
    simulator.account("7002").expireTokens();
    assertUnusable("acc-2", "access-token");
  }

  @Test
  void aDeclinedApiIsNotCalledAgainByTheAccount() {
    simulator.account("7003").decline(true);
    assertUnusable("acc-3", "permission");
    assertThat(permits().snapshot(API).get("acc-3"))
        .satisfies(
            state -> {
              assertThat(state.suspendedFor()).as("it may call others").isNull();
              assertThat(state.forbidden()).containsOnlyKeys(API);
            });
    assertThat(
            node.bean(MeterRegistry.class)
                .get("tuodui.account.forbidden")
                .tag("account", "acc-3")
                .gauge()
                .value())
        .isEqualTo(1);
  }

  @Test
  void aWrongSecretSuspendsTheAccount() {
    permits().resume("acc-wrong");
    assertUnusable("acc-wrong", "app-secret");
    assertThat(simulator.stats().accounts().get(5).signatureFailures()).isPositive();
  }

  private static void assertUnusable(String account, String advice) {
    Receipt receipt = node.complete(node.submit(ids(20)));
    assertThat(receipt.succeeded()).isEqualTo(20);
    assertThat(receipt.dead()).isZero();
    assertThat(permits().unusable(API).get(account)).contains(advice);
  }
}
