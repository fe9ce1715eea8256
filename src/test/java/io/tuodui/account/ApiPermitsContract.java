package io.tuodui.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * What every Redis must make of minutes, days, APIs, weights and batches. The clock by which
 * permits are given is the test's to move.
 */
abstract class ApiPermitsContract {
  private static final Duration GUARD = Duration.ofMillis(25);
  private static final Duration NEAR = Duration.ofSeconds(5);
  private static final Duration FAR = Duration.ofMinutes(30);

  private Permits permits;
  private PermitKeys keys;

  abstract StringRedisTemplate redis();

  @BeforeEach
  void noAccounts() {
    String prefix = "test-" + UUID.randomUUID();
    permits = new Permits(redis(), prefix, Duration.ofSeconds(20));
    keys = new PermitKeys(redis(), prefix);
  }

  private static Account account(String name, Limits limits) {
    return new Account(name, "1", "secret", null, limits);
  }

  private static Limits ofX(Limits own, Limits x) {
    return new Limits(own.perSecond(), own.perMinute(), own.perDay(), Map.of("x", x));
  }

  private Reservation reserve(String api, Duration horizon) {
    return permits.reserve(api, 1, GUARD, horizon).get(0);
  }

  private List<Reservation> granted(String api, int wanted, Duration horizon) {
    return permits.reserve(api, wanted, GUARD, horizon).stream()
        .filter(Reservation::granted)
        .toList();
  }

  /** Newcomers have settled in. */
  private void configure(Account... accounts) {
    permits.configure(List.of(accounts));
    keys.letPass(3_000);
  }

  /** To the given time of the next day of GMT+8. */
  private void tomorrowAt(int hour, int minute, int second) {
    LocalDateTime now =
        LocalDateTime.ofEpochSecond((long) now() / 1000, 0, ZoneOffset.UTC).plusHours(8);
    LocalDateTime then = now.toLocalDate().plusDays(1).atTime(hour, minute, second);
    keys.letPass(then.minusHours(8).toInstant(ZoneOffset.UTC).toEpochMilli() - (long) now());
  }

  private double now() {
    return keys.read("").now();
  }

  @ParameterizedTest
  @CsvSource({"10,5", "1,30", ",4", "3,1"})
  void aMinuteIsAWindowThatSlides(Integer perSecond, int perMinute) {
    configure(account("a", new Limits(perSecond, perMinute, null, Map.of())));
    List<Long> slots = new ArrayList<>();
    while (slots.size() < 5 * perMinute) {
      granted("x", 7, Duration.ofHours(2)).forEach(permit -> slots.add(permit.slot()));
    }
    for (int i = perMinute; i < slots.size(); i++) {
      assertThat(slots.get(i) - slots.get(i - perMinute))
          .as("the first and the last of %d calls", perMinute + 1)
          .isBetween(60_024L, 60_026L);
    }
  }

  @Test
  void aMinuteIsUsedUpAtTheSpeedOfTheSecondAndAsIdleTimeGoesByComesBack() {
    configure(account("a", new Limits(10, 6, null, Map.of())));
    List<Reservation> first = granted("x", 10, NEAR);
    assertThat(first).hasSize(6);
    assertThat(first.get(5).delay().minus(first.get(0).delay()).toMillis()).isBetween(500L, 520L);
    assertThat(permits.snapshot("x").get("a").freeIn().toSeconds()).isBetween(55L, 60L);
    keys.letPass(30_000);
    assertThat(reserve("x", NEAR).granted()).isFalse();
    keys.letPass(30_000);
    assertThat(granted("x", 10, NEAR)).hasSize(6);
  }

  @Test
  void accountsWithAMinuteWaitItOutIfRedisLostThem() {
    configure(account("a", new Limits(10, 6, null, Map.of())), account("b", new Limits(10, null)));
    assertThat(granted("x", 12, NEAR)).hasSize(12);
    keys.deleteAll();
    assertThat(reserve("x", NEAR).granted()).isFalse();
    keys.letPass(20_000);
    assertThat(granted("x", 4, NEAR)).extracting(Reservation::account).containsOnly("b");
    keys.letPass(50_000);
    assertThat(granted("x", 4, NEAR)).extracting(Reservation::account).contains("a");
  }

  @Test
  void anApiHasWindowsOfItsOwnAndLeavesTheRestToOthers() {
    configure(account("a", ofX(new Limits(10, null), new Limits(2, null))));
    List<Reservation> ofX = granted("x", 3, FAR);
    List<Reservation> ofY = granted("y", 3, FAR);
    assertThat(between(ofX, 0, 1)).isCloseTo(512, within(2L));
    assertThat(between(ofX, 1, 2)).isCloseTo(512, within(2L));
    assertThat(between(ofY, 0, 1)).as("as fast as the account may").isCloseTo(102, within(2L));
    List<Long> all =
        Stream.concat(ofX.stream(), ofY.stream()).map(Reservation::slot).sorted().toList();
    for (int i = 1; i < all.size(); i++) {
      assertThat(all.get(i) - all.get(i - 1)).as("both are the account's").isGreaterThan(100);
    }
  }

  private static long between(List<Reservation> permits, int one, int other) {
    return permits.get(other).slot() - permits.get(one).slot();
  }

  @Test
  void theAccountThatIsFreeFirstForTheApiCallsIt() {
    configure(
        account("a", ofX(new Limits(10, null), new Limits(null, 1, null, Map.of()))),
        account("b", new Limits(1, null)));
    assertThat(granted("x", 2, NEAR))
        .extracting(Reservation::account)
        .containsExactlyInAnyOrder("a", "b");
    assertThat(granted("x", 3, NEAR)).extracting(Reservation::account).containsOnly("b");
    assertThat(granted("y", 3, NEAR)).extracting(Reservation::account).containsOnly("a");
  }

  @Test
  void anApiHasDaysOfItsOwn() {
    configure(account("a", ofX(new Limits(null, 5), new Limits(null, 3))));
    tomorrowAt(12, 0, 0);
    assertThat(granted("x", 5, NEAR)).hasSize(3);
    assertThat(permits.snapshot("x").get("a").freeIn()).isGreaterThan(Duration.ofHours(11));
    assertThat(permits.snapshot("y").get("a").freeIn()).isZero();
    assertThat(granted("y", 5, NEAR)).as("what the account has left").hasSize(2);
    assertThat(permits.snapshot("x").get("a").callsToday()).isEqualTo(5);
    tomorrowAt(0, 0, 6);
    assertThat(granted("x", 5, NEAR)).hasSize(3);
  }

  @Test
  void aDayHasExactlyItsCallsAndTheRestWaitsForTheReset() {
    configure(account("a", new Limits(null, 1_000)), account("b", new Limits(200, 300)));
    tomorrowAt(20, 0, 0);
    int first = 0;
    for (int asked = 0; asked < 1_500; asked += 50) {
      first += granted("x", 50, NEAR).size();
      keys.letPass(300);
    }
    assertThat(first).isEqualTo(1_300);
    tomorrowAt(0, 0, 4);
    assertThat(granted("x", 50, Duration.ZERO)).as("not yet trusted").isEmpty();
    keys.letPass(1_000);
    assertThat(granted("x", 50, NEAR)).as("the new day").hasSize(50);
  }

  @Test
  void whatIsHandedBackIsGivenBackToItsOwnDay() {
    configure(account("a", ofX(new Limits(1, 10), new Limits(null, 10))));
    tomorrowAt(23, 59, 58);
    long today = Math.floorDiv((long) now() + 28_800_000, 86_400_000L);
    List<Reservation> given = granted("x", 5, NEAR);
    assertThat(given).hasSize(5);
    permits.handBack(given.get(4));
    for (String api : List.of("", "x")) {
      long before = keys.callsOfDay("a", new AccountModel.Day(today, api));
      long after = keys.callsOfDay("a", new AccountModel.Day(today + 1, api));
      assertThat(before).as("of the old day").isBetween(2L, 3L);
      assertThat(before + after).as("all but one").isEqualTo(4);
    }
  }

  @Test
  void whatIsHandedBackIsGivenBackToItsMinute() {
    configure(
        account(
            "a", ofX(new Limits(null, 4, null, Map.of()), new Limits(null, 4, null, Map.of()))));
    List<Reservation> given = granted("x", 2, NEAR);
    given.forEach(permits::handBack);
    assertThat(granted("x", 9, NEAR)).hasSize(4);
  }

  @Test
  void aForbiddenApiIsForOthersToCallUntilTheAccountsAreConfiguredAgain() {
    Account[] accounts = {account("a", new Limits(10, null)), account("b", new Limits(10, null))};
    configure(accounts);
    permits.forbid("a", "x", "declined");
    permits.forbid("unknown", "x", "whatever");
    assertThat(granted("x", 4, NEAR)).extracting(Reservation::account).containsOnly("b");
    assertThat(granted("y", 4, NEAR)).extracting(Reservation::account).contains("a");
    assertThat(permits.unusable("x")).isEqualTo(Map.of("a", "declined"));
    assertThat(permits.unusable("y")).isEmpty();
    permits.suspend("a", "token");
    permits.resume("a");
    assertThat(granted("x", 4, NEAR)).extracting(Reservation::account).containsOnly("b");
    permits.forbid("b", "x", "declined too");
    assertThat(reserve("x", FAR).granted()).isFalse();

    permits.configure(List.of(accounts));
    assertThat(permits.unusable("x")).isEmpty();
    assertThat(granted("x", 20, NEAR)).extracting(Reservation::account).contains("a", "b");
  }

  @Test
  void aSuspendedAccountWithLimitsOfAnApiComesBack() {
    configure(
        account("a", ofX(new Limits(10, null), new Limits(5, null))),
        account("b", ofX(new Limits(10, null), new Limits(5, null))));
    assertThat(granted("x", 2, NEAR)).hasSize(2);
    permits.suspend("a", "token");
    assertThat(granted("x", 2, NEAR)).extracting(Reservation::account).containsOnly("b");
    permits.resume("a");
    assertThat(granted("x", 4, NEAR)).extracting(Reservation::account).contains("a");
  }

  @Test
  void accountsThatWaitForWorkShareItByTheirWeights() {
    permits.configure(
        List.of(
            new Account("a", "1", "s", null, new Limits(20, null), 3),
            new Account("b", "1", "s", null, new Limits(20, null), 1),
            new Account("c", "1", "s", null, new Limits(20, null), 1)));
    keys.letPass(3_000);
    List<Reservation> given = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      keys.letPass(100);
      given.add(reserve("x", Duration.ZERO));
    }
    Map<String, Long> calls =
        given.stream().collect(Collectors.groupingBy(Reservation::account, Collectors.counting()));
    assertThat(calls.get("a")).isBetween(280L, 320L);
    assertThat(calls.get("b")).isBetween(85L, 115L);
    assertThat(calls.get("c")).isBetween(85L, 115L);
  }

  @Test
  void withWorkForAllAWeightChangesNothing() {
    permits.configure(
        List.of(
            new Account("a", "1", "s", null, new Limits(10, null), 5),
            new Account("b", "1", "s", null, new Limits(10, null), 1)));
    keys.letPass(3_000);
    List<Reservation> given = granted("x", 80, FAR);
    assertThat(Collections.frequency(given.stream().map(Reservation::account).toList(), "a"))
        .isBetween(39, 41);
  }

  @Test
  void aBatchIsAsManySinglePermits() {
    configure(account("a", new Limits(10, null)), account("b", new Limits(10, null)));
    List<Reservation> batch = permits.reserve("x", 60, GUARD, Duration.ofSeconds(2));
    List<Reservation> given = batch.stream().filter(Reservation::granted).toList();
    assertThat(batch).hasSize(60);
    assertThat(given).as("those of 2 s").hasSizeBetween(38, 42);
    assertThat(batch.subList(0, given.size())).as("the refused come last").isEqualTo(given);
    assertThat(batch.get(59).delay()).isGreaterThan(Duration.ofSeconds(2));
    for (String name : List.of("a", "b")) {
      List<Reservation> own = given.stream().filter(p -> p.account().equals(name)).toList();
      IntStream.range(1, own.size())
          .forEach(i -> assertThat(between(own, i - 1, i)).isBetween(101L, 104L));
      assertThat(permits.snapshot("x").get(name).callsToday()).isEqualTo(own.size());
    }
  }

  @Test
  void whatIsNotConfiguredAnyMoreIsForgotten() {
    configure(
        account("a", ofX(new Limits(10, null), new Limits(null, 1, null, Map.of()))),
        new Account("b", "1", "s", null, new Limits(10, null), 7));
    permits.forbid("b", "y", "declined");
    assertThat(granted("x", 4, NEAR)).hasSize(4);
    configure(account("a", new Limits(10, null)));
    assertThat(granted("x", 8, NEAR)).extracting(Reservation::account).containsOnly("a");
    assertThat(granted("x", 8, NEAR)).hasSize(8);
    assertThat(permits.snapshot("x")).containsOnlyKeys("a");
    assertThat(keys.kinds()).doesNotContain("weights", "limits:x", "next:x", "forbidden:y");
  }

  @Test
  void theClockOfTheTestsIsTheOneThatPermitsGoBy() {
    double before = now();
    keys.letPass(86_400_000);
    configure(account("a", new Limits(10, null)));
    assertThat(reserve("x", NEAR).slot() - before).isBetween(86_400_000.0, 86_500_000.0);
    assertThat(Instant.ofEpochMilli((long) now())).isAfter(Instant.now().plusSeconds(86_000));
  }
}
