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

  private static final String WHY = "for a test";
  private static final double SETTLE = 2_000;
  private static final double DAY = 86_400_000;
  private static final double ZONE = 28_800_000;

  /** How far apart two readings of a wait in whole microseconds may lie. */
  private static final double ROUNDING = 0.01;

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
    State before = keys.read();
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
          if (account.limits != null && !before.knows(name)) {
            account.notBefore = before.now() + SETTLE;
          }
        });
    State now = keys.read();
    assertThat(now.next()).as("all in use").containsOnlyKeys(configured.keySet());
    assertThat(now.parked()).as("suspended").isEmpty();
    assertThat(permits.snapshot()).as("as told").containsOnlyKeys(configured.keySet());
  }

  void reserve(int guard, long horizon) {
    State before = keys.read();
    Reservation permit = permits.reserve(Duration.ofMillis(guard), Duration.ofMillis(horizon));
    State after = keys.read();
    if (configured.isEmpty() || before.isLost()) {
      assertThat(permit.granted()).as("accounts lost").isFalse();
      if (!configured.isEmpty()) {
        nowConfigured(before);
      }
    } else if (permit.granted()) {
      granted++;
      permitted(permit, guard, horizon, before, after);
    } else {
      assertThat(after.next().values())
          .as("the accounts' next calls, none within %d ms", horizon)
          .allMatch(next -> next > before.now() + horizon);
    }
  }

  private void permitted(Reservation permit, int guard, long horizon, State before, State after) {
    String name = permit.account();
    AccountModel account = accounts.get(name);
    assertThat(account.limits).as("the limits of %s", name).isNotNull();
    assertThat(account.suspended).as("%s is suspended", name).isFalse();

    double wait = permit.delay().toNanos() / 1e6;
    assertThat(wait).as("the wait").isLessThanOrEqualTo(horizon + ROUNDING);
    double from = before.now() + wait - ROUNDING;
    double to = after.now() + wait;
    double was = before.next().get(name);
    boolean exact = wait > 0 && from <= was && was <= to; // else it is now, or the next day
    Call call = new Call(exact ? was : from, exact ? was : to, account.limits, guard);
    long day = (long) Math.floor((call.from() + ZONE) / DAY);
    account.permit(call, day);

    double interval =
        account.limits.perSecond() == null ? 0 : (1_000.0 + guard) / account.limits.perSecond();
    assertThat(after.next().get(name))
        .as("the next call of %s", name)
        .isBetween(call.from() + interval - ROUNDING, call.to() + interval + ROUNDING);
    assertThat(keys.callsOfDay(name, day)).as("counted").isEqualTo(account.callsOfDay.get(day));
  }

  /**
   * Hands back a permit of today; the count of another day is not lowered, and where that matters,
   * just after midnight, the script's head says so.
   */
  void handBack(String name, int pick) {
    AccountModel account = accounts.get(name);
    Call call = account.someCall(pick);
    double now = keys.read().now();
    long today = (long) Math.floor((now + ZONE) / DAY);
    if (call == null || (long) Math.floor((call.to() + ZONE) / DAY) != today) {
      return;
    }
    permits.handBack(name);
    account.forget(call);
    account.callsOfDay.computeIfPresent(today, (day, calls) -> Math.max(0, calls - 1));
    assertThat(keys.callsOfDay(name, today))
        .as("calls of %s today", name)
        .isEqualTo(account.callsOfDay.getOrDefault(today, 0L));
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
    State before = keys.read();
    rest.run();
    if (before.knows(name)) {
      AccountModel account = accounts.get(name);
      account.notBefore = Math.max(account.notBefore, wake.applyAsDouble(before.now()));
    }
  }

  void suspend(String name) {
    State before = keys.read();
    permits.suspend(name, WHY);
    if (before.knows(name)) {
      accounts.get(name).suspended = true;
      assertThat(permits.suspended()).as("the suspended, with the reason").containsEntry(name, WHY);
    }
  }

  void resume(String name) {
    permits.resume(name);
    accounts.get(name).suspended = false;
  }

  void letPass(long time) {
    keys.letPass(time);
    accounts.values().forEach(account -> account.letPass(time));
  }

  void lose(List<String> kinds) {
    keys.delete(kinds);
  }

  /** Redis loses everything, also how many calls the accounts made today. */
  void loseAll() {
    keys.deleteAll();
    accounts.values().forEach(account -> account.callsOfDay.clear());
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
