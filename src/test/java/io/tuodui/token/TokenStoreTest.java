package io.tuodui.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tuodui.account.Account;
import io.tuodui.embedded.ServersForTests;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Who may change a row of {@code account_token}, on MariaDB. */
class TokenStoreTest {
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Duration AHEAD = Duration.ofHours(1);
  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final Duration LIFE = Duration.ofHours(10);
  private static final Account ACCOUNT = new Account("shop-1", "1", "s", "t", null);

  private static JdbcClient jdbc;
  private static TokenStore store;

  @BeforeAll
  static void migrate() {
    DataSource database = new DriverManagerDataSource(ServersForTests.newDatabase(), "root", "");
    Flyway.configure().dataSource(database).locations("classpath:db/migration").load().migrate();
    jdbc = JdbcClient.create(database);
    store = new TokenStore(jdbc);
  }

  @BeforeEach
  void beginWithTokensWhoseEndIsNotKnown() {
    jdbc.sql("DELETE FROM account_token").update();
    store.begin(grant("a0"), 0, null, AHEAD);
  }

  @Test
  void ofNodesThatStartTogetherOneBegins() throws Exception {
    jdbc.sql("DELETE FROM account_token").update();
    together(
        i -> {
          store.begin(grant("a" + i), 0, null, AHEAD);
          return true;
        });
    assertThat(store.all()).hasSize(1);
    assertThat(row().version()).isEqualTo(1);
  }

  @Test
  void ofNodesThatWantToAskOneMay() throws Exception {
    StoredToken row = row();
    assertThat(row.due()).isTrue();
    assertThat(together(i -> store.claim(row, "claim-" + i, LEASE))).containsOnlyOnce(true);
    assertThat(row().due()).isFalse();
  }

  @Test
  void aClaimThatRanOutGoesToAnother() {
    claim();
    endClaim();
    assertThat(row().due()).isTrue();
    assertThat(store.claim(row(), "other", LEASE)).isTrue();
  }

  @Test
  void whoStoresSecondHasLost() {
    Refresh slow = claim();
    endClaim();
    Refresh quick = claim();
    assertThat(replace(quick, "quick")).isTrue();
    assertThat(replace(slow, "slow")).isFalse();
    assertThat(store.postpone(slow, LEASE)).isFalse();
    assertThat(store.giveUp("shop-1", slow.version(), "no")).isFalse();
    assertThat(row().accessToken()).isEqualTo("quick");
    assertThat(row().refusal()).isNull();
    assertThat(row().due()).isFalse();
  }

  @Test
  void aLateAnswerCountsWhileNobodyElseHasOne() {
    Refresh late = claim();
    endClaim();
    Refresh other = claim();
    assertThat(replace(late, "late")).isTrue();
    assertThat(replace(other, "other")).isFalse();
    assertThat(row().accessToken()).isEqualTo("late");
  }

  @Test
  void anAnswerWithoutARefreshTokenKeepsTheOneThereIs() {
    store.replace(claim(), "a1", null, LIFE, null, AHEAD);
    assertThat(row().refreshToken()).isEqualTo("r-a0");
    due();
    store.replace(claim(), "a2", "r2", LIFE, null, AHEAD);
    assertThat(row().refreshToken()).isEqualTo("r2");
  }

  @Test
  void aFailureGivesTheClaimBackAndCounts() {
    Refresh first = claim();
    assertThat(store.postpone(first, Duration.ZERO)).isTrue();
    assertThat(row().due()).isTrue();
    assertThat(row().failures()).isEqualTo(1);
    assertThat(store.postpone(first, Duration.ZERO)).as("the claim is gone").isFalse();
    assertThat(store.postpone(claim(), LEASE)).isTrue();
    assertThat(row().due()).isFalse();
  }

  @Test
  void aRefusedTokenIsDueAtOnceAndOnce() throws Exception {
    replace(claim(), "a1");
    jdbc.sql("UPDATE account_token SET refreshed_at = '2020-01-01'").update();
    long version = row().version();
    assertThat(together(i -> store.refused("shop-1", version, FRESH))).containsOnlyOnce(true);
    assertThat(row().unusable()).isTrue();
    assertThat(row().due()).isTrue();
  }

  @Test
  void aRefusalOfFormerTokensMeansNothing() {
    long before = row().version();
    replace(claim(), "a1");
    jdbc.sql("UPDATE account_token SET refreshed_at = '2020-01-01'").update();
    assertThat(store.refused("shop-1", before, FRESH)).isFalse();
    assertThat(row().unusable()).isFalse();
  }

  @Test
  void aFreshTokenThatIsRefusedIsNotDueUnlessItHasEnded() {
    replace(claim(), "a1");
    assertThat(store.refused("shop-1", row().version(), FRESH)).isFalse();
    assertThat(row().due()).isFalse();
    jdbc.sql("UPDATE account_token SET expires_at = UTC_TIMESTAMP(3)").update();
    assertThat(row().unusable()).isTrue();
    assertThat(store.refused("shop-1", row().version(), FRESH)).isTrue();
  }

  @Test
  void whatWasGivenUpIsNotDueBeforeItIsReconsidered() {
    assertThat(store.giveUp("shop-1", row().version(), "wrong refreshToken")).isTrue();
    assertThat(store.giveUp("shop-1", row().version(), "again")).isFalse();
    assertThat(row().due()).isFalse();
    assertThat(row().refusal()).isEqualTo("wrong refreshToken");
    store.reconsider("shop-1");
    assertThat(row().due()).isTrue();
    assertThat(row().refusal()).isNull();
  }

  @Test
  void anEndThatIsKnownIsWaitedFor() {
    store.begin(grant("b"), row().version(), Instant.now().plus(LIFE), AHEAD);
    assertThat(row().due()).isFalse();
    store.begin(grant("b"), row().version(), Instant.now().plusSeconds(600), AHEAD);
    assertThat(row().due()).isTrue();
    assertThat(row().unusable()).isFalse();
    store.begin(grant("b"), row().version(), Instant.now().minusSeconds(600), AHEAD);
    assertThat(row().unusable()).isTrue();
  }

  private static SealedGrant grant(String access) {
    return new SealedGrant("shop-1", "configured", access, "r-" + access);
  }

  private static StoredToken row() {
    return store.find("shop-1").orElseThrow();
  }

  private static Refresh claim() {
    StoredToken row = row();
    String claim = UUID.randomUUID().toString();
    assertThat(store.claim(row, claim, LEASE)).isTrue();
    return new Refresh(ACCOUNT, row.refreshToken(), row.version(), claim, row.failures());
  }

  private static boolean replace(Refresh refresh, String access) {
    return store.replace(refresh, access, null, LIFE, null, AHEAD);
  }

  private static void endClaim() {
    jdbc.sql("UPDATE account_token SET claimed_until = UTC_TIMESTAMP(3)").update();
  }

  private static void due() {
    jdbc.sql("UPDATE account_token SET refresh_at = UTC_TIMESTAMP(3)").update();
  }

  private interface Attempt {
    boolean make(int number);
  }

  private static List<Boolean> together(Attempt attempt)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> attempts =
          IntStream.range(0, 8).<Callable<Boolean>>mapToObj(i -> () -> attempt.make(i)).toList();
      List<Boolean> results = new ArrayList<>();
      for (Future<Boolean> done : threads.invokeAll(attempts)) {
        results.add(done.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
