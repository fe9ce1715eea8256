package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.tuodui.NodeForTests;
import io.tuodui.account.Account;
import io.tuodui.account.Permits;
import io.tuodui.embedded.ServersForTests;
import io.tuodui.job.Receipt;
import io.tuodui.simulator.QuirksOf;
import io.tuodui.simulator.SimulatedAccounts;
import io.tuodui.simulator.SimulatedItems;
import io.tuodui.simulator.Simulator;
import io.tuodui.simulator.SimulatorOptions;
import io.tuodui.simulator.SimulatorStats.AccountStats;
import io.tuodui.token.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Access tokens end, and nodes renew them: against the simulator, on stores that nodes share. */
class TokensTest {
  private static final String API = "product.search.queryProductDetail";
  private static final List<Account> ACCOUNTS = SimulatedAccounts.accounts(2, 50, 0);
  private static final Account FIRST = ACCOUNTS.get(0);
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  private final List<NodeForTests> nodes = new ArrayList<>();
  private final Map<String, Object> stores = new HashMap<>();
  private Simulator simulator;

  @BeforeEach
  void newStores() {
    String name = "tokens-" + UUID.randomUUID().toString().substring(0, 8);
    stores.put("spring.datasource.url", ServersForTests.newDatabase());
    stores.put("tuodui.queue.prefix", name);
    stores.put("tuodui.mongodb.database", name);
    stores.put("tuodui.tokens.key", KEY);
    stores.put("tuodui.schedule.tokens", "0/1 * * * * ?");
    simulator = Simulator.start(SimulatorOptions.plain(2));
  }

  @AfterEach
  void stop() {
    nodes.forEach(NodeForTests::close);
    simulator.close();
  }

  @Test
  void aTokenThatEndsInMidJobIsRenewedAndNothingDies() {
    NodeForTests node = startWithLastingTokens();
    long job = node.submit(ids(300));
    patiently().until(() -> node.receipt(job).succeeded() > 30);
    ACCOUNTS.forEach(account -> simulator.account(account.appKey()).expireTokens());
    Receipt receipt = node.complete(job);
    assertThat(receipt.dead()).isZero();
    assertThat(receipt.succeeded() + receipt.gone()).isEqualTo(300);
    assertThat(refusedForToken()).isPositive();
    assertThat(node.rows("SELECT * FROM task_attempt WHERE attempt > 1")).isEmpty();
    assertThat(tokenCalls()).containsExactly(1L, 1L);
    assertThat(refreshes(node, "granted")).isEqualTo(2);
    assertThat(node.bean(Permits.class).unusable(API)).isEmpty();
    assertThat(alerts(node)).isZero();
  }

  @Test
  void ofTwoNodesOneAsks() {
    List<CompletableFuture<NodeForTests>> starts =
        List.of(
            CompletableFuture.supplyAsync(this::node), CompletableFuture.supplyAsync(this::node));
    starts.forEach(start -> nodes.add(start.join()));
    patiently().until(() -> tokenCalls().equals(List.of(1L, 1L)));
    for (Account account : ACCOUNTS) {
      patiently()
          .alias("who did not ask takes the new tokens over without a call that fails")
          .until(() -> nodes.stream().noneMatch(node -> hasConfiguredToken(node, account)));
    }
    long[] jobs = {nodes.get(0).submit(ids(300)), nodes.get(1).submit(ids(200))};
    patiently().until(() -> nodes.get(0).receipt(jobs[0]).succeeded() > 20);
    forgetRefreshes();
    ACCOUNTS.forEach(account -> simulator.account(account.appKey()).expireTokens());
    for (long job : jobs) {
      assertThat(nodes.get(1).complete(job).dead()).isZero();
    }
    assertThat(refusedForToken()).isPositive();
    assertThat(tokenCalls()).containsExactly(2L, 2L);
    assertThat(simulator.stats().totals().tokensIssued()).isEqualTo(4);
  }

  @Test
  void aTokenIsRenewedAheadOfItsEnd() {
    restartSimulator("--token-life 6 --refresh-token rotating");
    NodeForTests node = start(UnaryOperator.identity());
    patiently().until(() -> tokenCalls().stream().allMatch(calls -> calls >= 1));
    patiently()
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              node.complete(node.submit(ids(20)));
              return tokenCalls().stream().allMatch(calls -> calls >= 3);
            });
    assertThat(refusedForToken()).isZero();
    assertThat(simulator.stats().totals().tokensIssued())
        .isEqualTo(simulator.stats().totals().tokenCalls());
  }

  @Test
  void aRefreshTokenThatIsNotValidSuspendsItsAccountUntilItIsConfiguredAnew() {
    NodeForTests node = start(yaml -> yaml.replace(refreshToken(FIRST), "withdrawn"));
    Permits permits = node.bean(Permits.class);
    patiently().until(() -> permits.unusable(API).containsKey(FIRST.name()));
    assertThat(permits.unusable(API).get(FIRST.name()))
        .contains("wrong refreshToken", "set its refresh-token")
        .doesNotContain("withdrawn", FIRST.appSecret());
    assertThat(alerts(node)).isEqualTo(1);
    assertThat(refreshes(node, "refused")).isEqualTo(1);
    assertThat(node.complete(node.submit(ids(30))).dead()).isZero();
    assertThat(suspended(node, FIRST)).isEqualTo(1);
    assertThat(stats(FIRST).accepted()).isZero();
    assertThat(tokenCalls()).containsExactly(1L, 1L);

    NodeForTests other = start(UnaryOperator.identity());
    patiently().until(() -> tokenCalls().equals(List.of(2L, 1L)));
    patiently().until(() -> permits.unusable(API).isEmpty());
    other.complete(other.submit(ids(60)));
    assertThat(stats(FIRST).accepted()).isPositive();
  }

  @Test
  void aPlatformThatCannotGiveTokensIsAskedAgainAndSuspendsNobody() {
    simulator.account(FIRST.appKey()).tokenService(false);
    simulator.account(FIRST.appKey()).expireTokens();
    NodeForTests node = start(UnaryOperator.identity());
    patiently().until(() -> stats(FIRST).tokenCalls() >= 2);
    assertThat(node.bean(Permits.class).unusable(API)).isEmpty();
    assertThat(node.complete(node.submit(ids(30))).dead()).isZero();
    simulator.account(FIRST.appKey()).tokenService(true);
    patiently().until(() -> stats(FIRST).tokensIssued() == 1);
    patiently()
        .until(
            () -> {
              node.complete(node.submit(ids(30)));
              return stats(FIRST).accepted() > 0;
            });
    assertThat(stats(FIRST).tokenCalls()).isLessThan(10);
  }

  @Test
  void aNodeThatStartsAgainGoesOnWithTheStoredTokens() {
    restartSimulator("--refresh-token rotating");
    start(UnaryOperator.identity());
    patiently().until(() -> tokenCalls().equals(List.of(1L, 1L)));
    awaitStored();
    nodes.remove(0).close();
    NodeForTests again = start(UnaryOperator.identity());
    long job = again.submit(ids(40));
    assertThat(again.complete(job).dead()).isZero();
    assertThat(tokenCalls()).containsExactly(1L, 1L);
    forgetRefreshes();
    ACCOUNTS.forEach(account -> simulator.account(account.appKey()).expireTokens());
    assertThat(again.complete(again.submit(ids(80))).dead()).isZero();
    assertThat(simulator.stats().totals().tokensIssued())
        .as("with the refresh token that the first refresh gave")
        .isPositive()
        .isEqualTo(simulator.stats().totals().tokenCalls());
    assertThat(again.bean(Permits.class).unusable(API)).isEmpty();
  }

  private static boolean hasConfiguredToken(NodeForTests node, Account account) {
    return node.bean(Tokens.class).current(account).accessToken().equals(account.accessToken());
  }

  private NodeForTests startWithLastingTokens() {
    return start(
        yaml ->
            yaml.replace(
                "    refresh-token",
                "    access-token-expires-at: 2099-01-01T00:00:00+08:00\n    refresh-token"));
  }

  private NodeForTests start(UnaryOperator<String> accounts) {
    NodeForTests node = node(accounts);
    nodes.add(node);
    return node;
  }

  private NodeForTests node() {
    return node(UnaryOperator.identity());
  }

  private NodeForTests node(UnaryOperator<String> accounts) {
    try {
      Path file = Path.of("target", "nodes", "accounts-" + UUID.randomUUID() + ".yaml");
      Files.createDirectories(file.getParent());
      Files.writeString(file, accounts.apply(SimulatedAccounts.yaml(ACCOUNTS, true)));
      Map<String, Object> settings = new HashMap<>(stores);
      settings.put("tuodui.accounts-file", file.toString());
      return NodeForTests.start(simulator.baseUrl(), ACCOUNTS, settings);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void restartSimulator(String quirks) {
    simulator.close();
    simulator = Simulator.start(SimulatorOptions.plain(2, QuirksOf.line(quirks)));
  }

  private static String refreshToken(Account account) {
    return SimulatedAccounts.refreshToken(account.appKey());
  }

  /** As if the tokens had been given long ago: what is refused a minute later is given up. */
  private void forgetRefreshes() {
    awaitStored();
    nodes.get(0).sql().sql("UPDATE account_token SET refreshed_at = '2000-01-01'").update();
  }

  private void awaitStored() {
    patiently()
        .until(
            () -> nodes.get(0).rows("SELECT 1 FROM account_token WHERE version > 1").size() == 2);
  }

  private AccountStats stats(Account account) {
    return simulator.stats().accounts().stream()
        .filter(stats -> stats.appKey().equals(account.appKey()))
        .findFirst()
        .orElseThrow();
  }

  private List<Long> tokenCalls() {
    return simulator.stats().accounts().stream().map(AccountStats::tokenCalls).toList();
  }

  private long refusedForToken() {
    return simulator.stats().totals().refused().getOrDefault("token-invalid", 0L);
  }

  private static double refreshes(NodeForTests node, String outcome) {
    return node.bean(MeterRegistry.class)
        .get("tuodui.token.refreshes")
        .tag("outcome", outcome)
        .counter()
        .count();
  }

  private static double suspended(NodeForTests node, Account account) {
    return node.bean(MeterRegistry.class)
        .get("tuodui.account.suspended")
        .tag("account", account.name())
        .gauge()
        .value();
  }

  private static double alerts(NodeForTests node) {
    return node.bean(MeterRegistry.class).find("tuodui.alerts").counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  private static long[] ids(int n) {
    return SimulatedItems.ids(n).toArray();
  }

  /** A busy machine takes its time; a test that fails takes this. */
  private static ConditionFactory patiently() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }
}
