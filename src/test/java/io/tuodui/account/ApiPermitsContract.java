package io.tuodui.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every Redis must make of an API's own limits, of forbidden APIs, and of what is handed back.
 */
abstract class ApiPermitsContract extends PermitsByMovedClock {

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
}
