package io.tuodui.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every Redis must make of minutes, days, weights and batches. */
abstract class WindowPermitsContract extends PermitsByMovedClock {

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
    List<Reservation> batch = permits.reserve("x", 60, GUARD, Duration.ZERO, Duration.ofSeconds(2));
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
  void theClockOfTheTestsIsTheOneThatPermitsGoBy() {
    double before = now();
    keys.letPass(86_400_000);
    configure(account("a", new Limits(10, null)));
    assertThat(reserve("x", NEAR).slot() - before).isBetween(86_400_000.0, 86_500_000.0);
    assertThat(Instant.ofEpochMilli((long) now())).isAfter(Instant.now().plusSeconds(86_000));
  }

  @Test
  void whatIsHandedBackMayBeUsedAgainToday() {
    configure(account("a", new Limits(null, 2)));
    Reservation permit = reserve("x", NEAR);
    permits.handBack(permit);
    permits.handBack(permit);
    assertThat(permits.snapshot("x").get("a").callsToday()).as("never below zero").isZero();
    reserve("x", NEAR);
    permits.handBack(reserve("x", NEAR));
    assertThat(reserve("x", NEAR).granted()).isTrue();
    assertThat(reserve("x", NEAR).granted()).isFalse();
  }

  @Test
  void aRefusalUsesNothingUp() {
    permits.configure(List.of(account("a", new Limits(10, 5))));
    for (int i = 0; i < 20; i++) {
      assertThat(reserve("x", Duration.ZERO).granted()).isFalse();
    }
    assertThat(permits.snapshot("x").get("a").callsToday()).isZero();
  }
}
