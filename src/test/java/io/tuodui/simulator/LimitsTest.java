package io.tuodui.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tuodui.account.Account;
import io.tuodui.account.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final long MILLI = 1_000_000L;

  /** 23:59:50 of the platform's day. */
  private static final Instant TEN_TO_MIDNIGHT = Instant.parse("2026-03-01T15:59:50Z");

  private final SettableClock clock = new SettableClock(TEN_TO_MIDNIGHT);

  @Test
  void aRefusedCallTakesAPlaceInTheSecondToo() {
    SimulatedAccount account = account(2, 0);
    assertThat(at(account, 0)).isNull();
    assertThat(at(account, 500)).isNull();
    assertThat(at(account, 900)).isEqualTo(Refusal.PER_SECOND);
    // The first is out of the window, but the refused call still is in it
    assertThat(at(account, 1000)).isEqualTo(Refusal.PER_SECOND);
    assertThat(at(account, 2001)).isNull();

    SimulatorStats.AccountStats stats = account.stats();
    assertThat(stats.calls()).isEqualTo(5);
    assertThat(stats.accepted()).isEqualTo(3);
    assertThat(stats.refused()).containsOnlyKeys("per-second").containsEntry("per-second", 2L);
    assertThat(stats.maxCallsInAnySecond()).isEqualTo(3);
  }

  @Test
  void theDayCountsAcceptedCallsAndEndsAtMidnightGmt8() {
    SimulatedAccount account = account(1, 2);
    assertThat(at(account, 0)).isNull();
    assertThat(at(account, 1)).isEqualTo(Refusal.PER_SECOND);
    assertThat(at(account, 2000)).isNull();
    assertThat(at(account, 4000)).isEqualTo(Refusal.PER_DAY);
    assertThat(account.banSeconds(Refusal.PER_DAY)).isEqualTo(10);
    assertThat(account.banSeconds(Refusal.PER_SECOND)).isEqualTo(1);

    clock.now = clock.now.plusSeconds(10);

    assertThat(at(account, 14_000)).isNull();
  }

  @Test
  void tokensEndAfterTenHours() {
    SimulatedAccount account = account(0, 0);
    String first = account.account().accessToken();
    assertThat(account.tokenValid(first)).isTrue();
    clock.now = clock.now.plus(Duration.ofHours(9));
    String second = account.issueToken();
    assertThat(account.tokenValid(first)).isTrue();
    clock.now = clock.now.plus(Duration.ofHours(1));
    assertThat(account.tokenValid(first)).isFalse();
    assertThat(account.tokenValid(second)).isTrue();
    account.expireTokens();
    assertThat(account.tokenValid(second)).isFalse();
  }

  @Test
  void eachApiHasASecondOfItsOwnBesideTheAccounts() {
    SimulatedAccount account = account(3, 0, "--per-api-second 1");
    assertThat(at(account, 0, "one")).isNull();
    assertThat(at(account, 100, "two")).isNull();
    assertThat(at(account, 200, "one")).isEqualTo(Refusal.PER_API_SECOND);
    assertThat(at(account, 300, "three")).isEqualTo(Refusal.PER_SECOND);
    // Of the API's own calls the one at 200 is in the window still, though it was refused
    assertThat(at(account, 1150, "one")).isEqualTo(Refusal.PER_API_SECOND);
    assertThat(at(account, 2150, "one")).isNull();
    assertThat(account.stats().refused()).isEqualTo(Map.of("per-api-second", 2L, "per-second", 1L));
  }

  @Test
  void aThrottleThatLastsTheDayKeepsItsCodeUntilMidnight() {
    for (Refusal limit : List.of(Refusal.PER_SECOND, Refusal.PER_API_SECOND)) {
      clock.now = TEN_TO_MIDNIGHT;
      boolean api = limit == Refusal.PER_API_SECOND;
      SimulatedAccount account =
          account(api ? 0 : 1, 0, "--throttle day --per-api-second " + (api ? 1 : 0));
      assertThat(at(account, 0)).isNull();
      assertThat(at(account, 500)).isEqualTo(limit);
      assertThat(at(account, 5000, "another")).isEqualTo(limit);
      assertThat(account.banSeconds(limit)).isEqualTo(10);

      clock.now = clock.now.plusSeconds(10);

      assertThat(at(account, 10_000)).isNull();
      assertThat(account.stats().refused().values()).containsExactly(2L);
    }
  }

  @Test
  void aMinuteAndTheLimitsOfOneApiAreTheAccountsOwn() {
    Limits ofOne = new Limits(null, 2, 3, Map.of());
    Limits limits = new Limits(null, 4, null, Map.of("one", ofOne));
    SimulatedAccount account =
        new SimulatedAccount(new Account("a", "1", "s", "t", limits), Quirks.NONE, clock);
    assertThat(at(account, 0, "one")).isNull();
    assertThat(at(account, 1, "one")).isNull();
    assertThat(at(account, 2, "one")).isEqualTo(Refusal.PER_API_MINUTE);
    assertThat(at(account, 3, "two")).isNull();
    assertThat(at(account, 4, "two")).isEqualTo(Refusal.PER_MINUTE);
    assertThat(account.banSeconds(Refusal.PER_MINUTE)).isEqualTo(60);
    assertThat(at(account, 61_000, "one")).isNull();
    assertThat(at(account, 62_000, "one")).isEqualTo(Refusal.PER_API_DAY);
    assertThat(account.banSeconds(Refusal.PER_API_DAY)).isEqualTo(10);
    assertThat(at(account, 63_000, "two")).isNull();

    clock.now = clock.now.plusSeconds(10);

    assertThat(at(account, 130_000, "one")).isNull();
  }

  private SimulatedAccount account(int perSecond, int perDay) {
    return account(perSecond, perDay, "");
  }

  private SimulatedAccount account(int perSecond, int perDay, String options) {
    List<Account> accounts = SimulatedAccounts.accounts(1, perSecond, perDay);
    return new SimulatedAccount(accounts.get(0), QuirksOf.line(options), clock);
  }

  private static Refusal at(SimulatedAccount account, long millis) {
    return at(account, millis, "one");
  }

  private static Refusal at(SimulatedAccount account, long millis, String api) {
    Refusal refusal = account.admit(account.arrive(millis * MILLI, api), api);
    if (refusal != null) {
      account.refused(refusal);
    }
    return refusal;
  }
}
