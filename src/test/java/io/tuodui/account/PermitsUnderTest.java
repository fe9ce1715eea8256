package io.tuodui.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tuodui.account.AccountModel.Call;
import io.tuodui.account.PermitKeys.State;
import io.tuodui.redis.RedisForTests;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.DoubleUnaryOperator;

/**
 * Permits and, beside them, a model of what the accounts may do. Whatever is done is done to both.
 * Times are in ms.
 */
final class PermitsUnderTest {

  static final List<String> NAMES = List.of("a", "b", "c");

  static final List<String> APIS = List.of("x", "y");

  private static final Duration LEAD = Duration.ofMillis(3);
  private static final String WHY = "for a test";
  private static final double SETTLE = 2_000;
  private static final long DAY = 86_400_000;
  private static final long ZONE = 28_800_000;

  private final String prefix = "test-" + UUID.randomUUID();
  private final PermitKeys keys = new PermitKeys(RedisForTests.standalone(), prefix);
  private final Permits permits =
      new Permits(RedisForTests.standalone(), prefix, Duration.ofSeconds(20));
  private final Map<String, AccountModel> accounts = new TreeMap<>();
  private Map<String, Limits> configured = Map.of();
  private int granted;

  PermitsUnderTest() {
    NAMES.forEach(name -> accounts.put(name, new AccountModel()));
  }

  void configure(Map<String, Limits> limits) {
    State before = keys.read(APIS.get(0));
    permits.configure(
        limits.entrySet().stream()
            .map(entry -> new Account(entry.getKey(), "1", "secret", null, entry.getValue()))
            .toList());
    configured = limits;
    nowConfigured(before);
  }

  /** Who was there keeps its pace; who was not settles in; nobody is suspended. */
  private void nowConfigured(State before) {
    accounts.forEach(
        (name, account) -> {
          account.limits = configured.get(name);
          account.suspended = false;
          account.forbidden.clear();
          if (account.limits != null && !before.knows(name)) {
            account.notBefore = before.now() + SETTLE;
          }
        });
    State now = keys.read(APIS.get(0));
    assertThat(now.next()).as("all in use").containsOnlyKeys(configured.keySet());
    assertThat(now.parked()).as("suspended").isEmpty();
    assertThat(permits.snapshot("x")).as("as told").containsOnlyKeys(configured.keySet());
  }

  void reserve(String api, int wanted, int guard, long horizon) {
    State before = keys.read(api);
    List<Reservation> permits =
        this.permits.reserve(
            api, wanted, Duration.ofMillis(guard), LEAD, Duration.ofMillis(horizon));
    State after = keys.read(api);
    assertThat(permits).as("as many as wanted").hasSize(wanted);
    long given = permits.stream().takeWhile(Reservation::granted).count();
    assertThat(permits.stream().filter(Reservation::granted)).as("the first").hasSize((int) given);
    if (configured.isEmpty() || before.isLost()) {
      assertThat(given).as("accounts lost").isZero();
      if (!configured.isEmpty()) {
        nowConfigured(before);
      }
      return;
    }
    permits.stream()
        .limit(given)
        .forEach(permit -> permitted(permit, guard, horizon, before, after));
    if (given < wanted) {
      assertThat(after.next().keySet())
          .as("accounts that could call %s within %d ms", api, horizon)
          .noneMatch(
              name ->
                  after.free(name) <= before.now() + horizon
                      && !accounts.get(name).forbidden.contains(api));
    }
  }

  private void permitted(Reservation permit, int guard, long horizon, State before, State after) {
    granted++;
    String name = permit.account();
    AccountModel account = accounts.get(name);
    assertThat(account.limits).as("the limits of %s", name).isNotNull();
    assertThat(account.suspended).as("%s is suspended", name).isFalse();
    assertThat(account.forbidden).as("forbidden to %s", name).doesNotContain(permit.api());
    assertThat((double) permit.slot())
        .as("the slot")
        .isBetween(
            before.now() + LEAD.toMillis(),
            after.now() + Math.max(horizon, LEAD.toMillis()) + AccountModel.ROUNDING);
    account.permit(new Call(permit, account.limits, guard), day(permit));
    assertCounted(account, permit);
    if (account.limits.perSecond() != null) {
      double next = permit.slot() + (1_000.0 + guard) / account.limits.perSecond();
      assertThat(after.next().get(name))
          .as("the next call of %s", name)
          .isGreaterThanOrEqualTo(next - AccountModel.ROUNDING);
    }
  }

  private static long day(Reservation permit) {
    return Math.floorDiv(permit.slot() + ZONE, DAY);
  }

  /**
   * Not less than the model's: of a batch, Redis has counted what the model is still to hear of.
   */
  private void assertCounted(AccountModel account, Reservation permit) {
    for (String api : List.of(AccountModel.ALL, permit.api())) {
      AccountModel.Day day = new AccountModel.Day(day(permit), api);
      assertThat(keys.callsOfDay(permit.account(), day))
          .as("calls of %s counted on %s", permit.account(), day)
          .isGreaterThanOrEqualTo(account.callsOfDay.getOrDefault(day, 0L));
    }
  }

  void handBack(String name, int pick) {
    AccountModel account = accounts.get(name);
    Call call = account.someCall(pick);
    if (call != null) {
      permits.handBack(call.permit());
      account.forget(call, day(call.permit()));
      AccountModel.Day day = new AccountModel.Day(day(call.permit()), AccountModel.ALL);
      assertThat(keys.callsOfDay(name, day))
          .as("calls of %s on %s", name, day)
          .isEqualTo(account.callsOfDay.getOrDefault(day, 0L));
    }
  }

  void slow(String name) {
    permits.slow(name);
  }

  void forbid(String name, String api) {
    permits.forbid(name, api, WHY);
    if (keys.hasLimits(name)) {
      accounts.get(name).forbidden.add(api);
    }
  }

  void rest(String name, long time) {
    restUntil(name, () -> permits.rest(name, Duration.ofMillis(time)), now -> now + time);
  }

  void restUntilDayReset(String name) {
    double margin = DayReset.MARGIN.toMillis();
    restUntil(
        name,
        () -> permits.restUntilDayReset(name),
        now -> (Math.floor((now + ZONE - margin) / DAY) + 1) * DAY - ZONE + margin);
  }

  private void restUntil(String name, Runnable rest, DoubleUnaryOperator wake) {
    State before = keys.read(APIS.get(0));
    rest.run();
    if (before.knows(name)) {
      AccountModel account = accounts.get(name);
      account.notBefore = Math.max(account.notBefore, wake.applyAsDouble(before.now()));
    }
  }

  void suspend(String name) {
    State before = keys.read(APIS.get(0));
    permits.suspend(name, WHY);
    if (before.knows(name)) {
      accounts.get(name).suspended = true;
      assertThat(permits.unusable(""))
          .as("the suspended, with the reason")
          .containsEntry(name, WHY);
    }
  }

  void resume(String name) {
    permits.resume(name);
    accounts.get(name).suspended = false;
  }

  void letPass(long time) {
    keys.letPass(time);
  }

  void lose(List<String> kinds) {
    keys.delete(kinds);
  }

  /** Redis loses everything, also how many calls the accounts made today and may not make. */
  void loseAll() {
    keys.deleteAll();
    accounts
        .values()
        .forEach(
            account -> {
              account.callsOfDay.clear();
              account.forbidden.clear();
            });
  }

  /** How many permits were given. */
  int granted() {
    return granted;
  }

  /** Forgets the accounts. */
  void close() {
    keys.deleteAll();
  }

  @Override
  public String toString() {
    return "the accounts " + accounts;
  }
}
