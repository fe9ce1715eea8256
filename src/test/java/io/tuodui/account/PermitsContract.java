package io.tuodui.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/** What every Redis must make of the permits. */
abstract class PermitsContract {

  private static final String API = "alibaba.product.get";

  private static final Duration GUARD = Duration.ofMillis(25);

  /** Enough to wait for newcomers, and seldom across midnight. */
  private static final Duration NEAR = Duration.ofSeconds(10);

  private static final Duration FAR = Duration.ofMinutes(10);

  private static final Duration REGAIN = Duration.ofSeconds(3);

  private String prefix;
  private Permits permits;

  abstract StringRedisTemplate redis();

  @BeforeEach
  void noAccounts() {
    prefix = "test-" + UUID.randomUUID();
    permits = new Permits(redis(), prefix, REGAIN);
  }

  @ParameterizedTest
  @CsvSource({"1,25", "3,25", "10,50", "10,1025", "7,333"})
  void noWindowHoldsMoreCallsThanTheAccountMayMake(int perSecond, int guardMillis) {
    permits.configure(List.of(limited("a", perSecond, null), limited("b", perSecond + 1, null)));
    Duration guard = Duration.ofMillis(guardMillis);
    Map<String, List<Double>> slots = new HashMap<>();
    for (int i = 0; i < 400; i++) {
      String account = reserve(guard, FAR).account();
      int limit = account.equals("a") ? perSecond : perSecond + 1;
      double slot = next(account) - (1000.0 + guardMillis) / limit;
      slots.computeIfAbsent(account, name -> new ArrayList<>()).add(slot);
    }
    assertSpaced(slots.get("a"), perSecond, guardMillis);
    assertSpaced(slots.get("b"), perSecond + 1, guardMillis);
  }

  @Test
  @Timeout(60)
  void idleTimeIsNotSavedUpForABurst() {
    permits.configure(List.of(limited("a", 30, null)));
    List<Double> slots = new ArrayList<>();
    Random random = new Random(30);
    while (slots.size() < 80) {
      Duration horizon = Duration.ofMillis(random.nextInt(150));
      double asked = nowMillis();
      if (reserve(GUARD, horizon).granted()) {
        slots.add(Math.max(asked, next("a") - 1025.0 / 30));
        if (random.nextInt(8) == 0) {
          await().pollDelay(Duration.ofMillis(random.nextInt(300))).until(() -> true);
        }
      }
    }
    assertSpaced(slots, 30, 25);
  }

  private static void assertSpaced(List<Double> slots, int perSecond, int guardMillis) {
    assertThat(slots).hasSizeGreaterThan(perSecond + 1);
    for (int i = perSecond; i < slots.size(); i++) {
      assertThat(slots.get(i) - slots.get(i - perSecond))
          .as("the first and the last of %d calls", perSecond + 1)
          .isGreaterThanOrEqualTo(1000 + guardMillis - 0.01);
    }
  }

  @Test
  void slotsFollowOneAnotherEvenly() {
    permits.configure(List.of(limited("a", 10, null)));
    reserve(GUARD, FAR);
    double before = next("a");
    for (int i = 0; i < 50; i++) {
      assertThat(reserve(GUARD, FAR).granted()).isTrue();
      assertThat(next("a") - before).isCloseTo(102.5, within(0.01));
      before = next("a");
    }
  }

  @Test
  void newcomersSettleInAndThenTakeTurns() {
    permits.configure(List.of(limited("a", 10, null), limited("b", 10, null)));
    Reservation early = reserve(GUARD, Duration.ofMillis(500));
    assertThat(early.granted()).isFalse();
    assertThat(early.account()).isNull();
    assertThat(early.delay()).isBetween(Duration.ofMillis(1_000), Duration.ofMillis(2_000));
    List<String> turns = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      turns.add(reserve(GUARD, FAR).account());
    }
    assertThat(turns).containsExactly("a", "b", "a", "b", "a", "b");
  }

  @Test
  void aDayHoldsExactlyItsCalls() {
    permits.configure(List.of(limited("a", null, 5)));
    for (int i = 0; i < 5; i++) {
      assertThat(reserve(GUARD, NEAR).granted()).isTrue();
    }
    assertThat(reserve(GUARD, NEAR).granted()).isFalse();
    assertThat(permits.snapshot(API).get("a").callsToday()).isEqualTo(5);
    assertFreeAtDayReset();
    assertThat(reserve(GUARD, Duration.ofDays(2)).granted()).as("tomorrow").isTrue();
  }

  @Test
  void aRestingAccountLetsOthersGo() {
    permits.configure(List.of(limited("a", 10, null), limited("b", 10, null)));
    permits.rest("a", Duration.ofMinutes(5));
    permits.rest("a", Duration.ofMinutes(1));
    permits.rest("unknown", Duration.ofMinutes(1));
    assertThat(permits.snapshot(API).get("a").freeIn())
        .as("the longer rest counts")
        .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
    for (int i = 0; i < 5; i++) {
      assertThat(reserve(GUARD, FAR).account()).isEqualTo("b");
    }
    assertThat(permits.snapshot(API)).containsOnlyKeys("a", "b");
  }

  @Test
  void anAccountRestsUntilTheDayReset() {
    permits.configure(List.of(limited("a", 10, null)));
    permits.restUntilDayReset("a");
    assertFreeAtDayReset();
  }

  @Test
  void aSuspendedAccountIsOutAndComesBackAsItWas() {
    permits.configure(List.of(limited("a", 10, 100), limited("b", 10, 100)));
    permits.rest("a", Duration.ofMinutes(5));
    permits.suspend("a", "token refused");
    permits.suspend("unknown", "whatever");
    assertThat(permits.unusable(API)).isEqualTo(Map.of("a", "token refused"));
    assertThat(reserve(GUARD, FAR).account()).isEqualTo("b");

    permits.suspend("b", "signature refused");
    assertThat(reserve(GUARD, FAR).granted()).isFalse();

    permits.resume("b");
    assertThat(reserve(GUARD, FAR).account()).isEqualTo("b");
    permits.configure(List.of(limited("a", 10, 100), limited("b", 10, 100)));
    assertThat(permits.unusable(API)).isEmpty();
    assertThat(permits.snapshot(API).get("a").freeIn())
        .as("still resting")
        .isGreaterThan(Duration.ofMinutes(4));
    assertThat(permits.snapshot(API).get("b").callsToday()).isEqualTo(2);
  }

  @Test
  void configuringKeepsWhatIsKnownAndRemovesTheRest() {
    permits.configure(List.of(limited("a", 2, 100), limited("b", 2, 100)));
    for (int i = 0; i < 10; i++) {
      reserve(GUARD, NEAR);
    }
    double before = next("a");
    new Permits(redis(), prefix, REGAIN)
        .configure(List.of(limited("a", 5, 6), limited("c", 1, 100)));
    assertThat(next("a")).isEqualTo(before);
    assertThat(permits.snapshot(API)).containsOnlyKeys("a", "c");
    assertThat(permits.snapshot(API).get("a").callsToday()).isEqualTo(5);
    permits.suspend("c", "to see a alone");
    assertThat(reserve(GUARD, NEAR).granted()).isTrue();
    assertThat(reserve(GUARD, NEAR).granted()).as("the new day limit counts").isFalse();
  }

  /** What was permitted before is still to be called, whoever configures the account again. */
  @Test
  void anAccountThatWasRemovedAndComesBackCallsNoSooner() {
    Account account =
        new Account(
            "a", "1", "secret", null, new Limits(10, null, null, Map.of(API, new Limits(5, null))));
    permits.configure(List.of(account));
    for (int i = 0; i < 30; i++) {
      assertThat(reserve(GUARD, FAR).granted()).isTrue();
    }
    double before = next("a");
    double beforeOfApi = redis().opsForZSet().score(key("next:" + API), "a");
    assertThat(before).as("later than a newcomer").isGreaterThan(nowMillis() + 3_000);
    new Permits(redis(), prefix, REGAIN).configure(List.of(limited("b", 10, null)));
    new Permits(redis(), prefix, REGAIN).configure(List.of(account));
    assertThat(next("a")).isGreaterThanOrEqualTo(before);
    assertThat(redis().opsForZSet().score(key("next:" + API), "a"))
        .isGreaterThanOrEqualTo(beforeOfApi);
  }

  /** However near the horizon is. */
  @Test
  void aPermitLeavesTheCallItsTimeToComeToTheWire() {
    permits.configure(List.of(limited("a", 10, null)));
    Duration lead = Duration.ofMillis(200);
    reserve(GUARD, FAR);
    await().until(() -> permits.snapshot(API).get("a").freeIn().isZero());
    Reservation permit = permits.reserve(API, 1, GUARD, lead, Duration.ZERO).get(0);
    assertThat(permit.delay()).isEqualTo(lead);
    assertThat(next("a")).as("after it").isGreaterThan(permit.slot() + 100);
  }

  @Test
  void aRefusedAccountIsHalfAsFastForAllAndClimbsBackByItself() {
    Account account = limited("a", 10, null);
    permits.configure(List.of(account));
    reserve(GUARD, FAR);
    assertThat(permits.rate(account, API)).isEqualTo(10);

    Permits elsewhere = new Permits(redis(), prefix, REGAIN);
    elsewhere.configure(List.of(account));
    elsewhere.slow("a");
    elsewhere.slow("a"); // of a call that was under way: counts as the same
    double before = next("a");
    reserve(GUARD, FAR);
    assertThat(next("a") - before).as("between two calls").isBetween(1025 / 8.0, 1025 / 4.9);
    assertThat(permits.rate(account, API)).isBetween(4.9, 8.0);
    assertThat(permits.snapshot(API).get("a").perSecond()).isBetween(4.9, 8.0);
    await()
        .atMost(REGAIN.multipliedBy(3))
        .until(
            () -> {
              reserve(GUARD, FAR);
              return permits.rate(account, API) == 10;
            });
    assertThat(redis().hasKey(key("learned"))).as("nothing is left to know").isFalse();
  }

  @Test
  void anAccountRefusedAgainStaysBelowWhereItWasRefused() {
    Account account = limited("a", 100, null);
    permits.configure(List.of(account));
    permits.slow("a");
    await().until(() -> permits.snapshot(API).get("a").perSecond() > 90);
    permits.slow("a");
    double ceiling = ceiling("a");
    assertThat(ceiling).isBetween(67.0, 75.0);
    await().until(() -> permits.snapshot(API).get("a").perSecond() > ceiling * 0.9);
  }

  @Test
  void anAccountWithoutALimitASecondIsTakenToHaveOneOfTenOnceItWasRefused() {
    Account account = limited("a", null, 100);
    permits.configure(List.of(account));
    assertThat(permits.rate(account, API)).isNull();
    assertThat(permits.snapshot(API).get("a").perSecond()).isNull();
    permits.slow("a");
    double before = next("a");
    reserve(GUARD, FAR);
    assertThat(next("a") - before).as("between two calls").isBetween(1025 / 8.0, 1025 / 4.9);
    assertThat(permits.rate(account, API)).isBetween(4.9, 8.0);
    await().atMost(REGAIN.multipliedBy(4)).until(() -> permitsASecond() > 15);
    permits.slow("a");
    assertThat(permitsASecond()).as("not half of what it had climbed to").isBetween(4.9, 6.0);
  }

  private double permitsASecond() {
    return permits.snapshot(API).get("a").perSecond();
  }

  private double ceiling(String account) {
    String learned = redis().<String, String>opsForHash().get(key("learned"), account);
    return Double.parseDouble(learned.split(" ")[1]);
  }

  @Test
  void accountsThatRedisLostWaitForWhatWasPermittedBefore() {
    permits.configure(List.of(limited("a", 10, null), limited("b", 10, null)));
    reserve(GUARD, NEAR);
    redis().delete(key("next"));
    assertThat(reserve(GUARD, NEAR).granted()).isFalse();
    Reservation permit = reserve(GUARD, FAR);
    assertThat(permit.granted()).isTrue();
    assertThat(permit.delay()).isGreaterThan(NEAR.plusMillis(1_000));
    redis().delete(Arrays.asList(key("next"), key("limits")));
    assertThat(reserve(GUARD, FAR).granted()).isFalse();
    assertThat(reserve(GUARD, FAR.plus(NEAR)).granted()).isTrue();
    redis().delete(Arrays.asList(key("next"), key("limits")));
    assertThat(permits.snapshot(API))
        .as("who looks first configures too")
        .containsOnlyKeys("a", "b");
  }

  @Test
  void noAccountIsNoPermit() {
    assertThat(reserve(GUARD, FAR).granted()).isFalse();
    permits.configure(List.of());
    assertThat(reserve(GUARD, FAR).granted()).isFalse();
    assertThat(permits.snapshot(API)).isEmpty();
  }

  private void assertFreeAtDayReset() {
    Duration left = Duration.between(Instant.now(), DayReset.after(Instant.now()));
    assertThat(permits.snapshot(API).get("a").freeIn().minus(left))
        .isBetween(Duration.ofSeconds(-1), Duration.ofSeconds(1));
  }

  private Reservation reserve(Duration guard, Duration horizon) {
    return permits.reserve(API, 1, guard, Duration.ZERO, horizon).get(0);
  }

  private double next(String account) {
    return redis().opsForZSet().score(key("next"), account);
  }

  private double nowMillis() {
    return redis().execute((RedisCallback<Long>) connection -> connection.serverCommands().time());
  }

  private String key(String kind) {
    return prefix + ":{limits}:" + kind;
  }

  private static Account limited(String name, Integer perSecond, Integer perDay) {
    return new Account(name, "1", "secret", null, new Limits(perSecond, perDay));
  }
}
