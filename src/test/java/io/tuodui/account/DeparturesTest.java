package io.tuodui.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeparturesTest {
  private static final Duration GUARD = Duration.ofMillis(25);
  private static final long MUCH_LATER = TimeUnit.HOURS.toNanos(1);

  private final AtomicLong now = new AtomicLong();
  private final Departures departures = new Departures("x", now::get);
  private final Account account = new Account("a", "1", "secret", "token", new Limits(2, null));

  private Departure leave(double perSecond) throws InterruptedException {
    return departures
        .await(account, MUCH_LATER, Departures.LATEST, () -> perSecond, GUARD)
        .orElseThrow();
  }

  private boolean leavesWithPermitFor(long slot) throws InterruptedException {
    return departures.await(account, slot, Departures.LATEST, () -> 2.0, GUARD).isPresent();
  }

  private void pass(long millis) {
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** The call waits in real time, by the clock that the test holds. */
  private boolean waits(double perSecond) throws Exception {
    CompletableFuture<Void> next =
        CompletableFuture.runAsync(
            () -> {
              try {
                leave(perSecond);
              } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
              }
            });
    try {
      next.get(200, TimeUnit.MILLISECONDS);
      return false;
    } catch (TimeoutException held) {
      pass(60_000);
      next.get(10, TimeUnit.SECONDS);
      return true;
    }
  }

  @Test
  void whatMayBeLateByLessLapsesSooner() throws Exception {
    Duration latest = Duration.ofMillis(30);
    long slot = now.get();
    pass(30);
    assertThat(departures.await(account, slot, latest, () -> 2.0, GUARD)).isPresent();
    pass(1);
    assertThat(departures.await(account, slot, latest, () -> 2.0, GUARD)).isEmpty();
  }

  @Test
  void noMoreLeaveInASecondAndTheGuardThanMay() throws Exception {
    leave(2);
    leave(2);
    pass(900);
    assertThat(waits(2)).isTrue();
  }

  @Test
  void onTimeNobodyWaits() throws Exception {
    leave(2);
    leave(2);
    pass(1_026);
    assertTimeoutPreemptively(Duration.ofSeconds(10), () -> leave(2));
  }

  /** Between the gate and the wire, the machine may pause. */
  @Test
  void whatLeftLaterThanItWasLetGoCountsFromThere() throws Exception {
    Departure first = leave(2);
    pass(100);
    first.left();
    pass(400);
    leave(2);
    pass(600);
    assertThat(waits(2)).isTrue();
  }

  @Test
  void aSlowAccountsCallsAreSpacedAndAHeldOnesWait() throws Exception {
    leave(1.5);
    pass(500);
    assertThat(waits(1.5)).isTrue();
    departures.hold(account, Duration.ofSeconds(5));
    pass(4_000);
    assertThat(waits(2)).isTrue();
  }

  @Test
  void aMinuteIsHeldToAsWellAndTheApisOwnLimits() throws Exception {
    Limits ofX = new Limits(null, 2, null, Map.of());
    Account limited =
        new Account("b", "1", "secret", "token", new Limits(5, null, null, Map.of("x", ofX)));
    departures.await(limited, MUCH_LATER, Departures.LATEST, () -> 5.0, GUARD);
    pass(30_000);
    departures.await(limited, MUCH_LATER, Departures.LATEST, () -> 5.0, GUARD);
    pass(30_000);
    CompletableFuture<Void> third =
        CompletableFuture.runAsync(
            () -> {
              try {
                departures.await(limited, MUCH_LATER, Departures.LATEST, () -> 5.0, GUARD);
              } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
              }
            });
    assertThatThrownBy(() -> third.get(200, TimeUnit.MILLISECONDS))
        .as("25 ms too early")
        .isInstanceOf(TimeoutException.class);
    pass(25);
    third.get(10, TimeUnit.SECONDS);
  }

  @Test
  void aPermitLapsesASecondAfterItsSlot() throws Exception {
    pass(1_000);
    assertThat(leavesWithPermitFor(0)).isTrue();
    pass(1);
    assertThat(leavesWithPermitFor(0)).isFalse();
  }

  @Test
  void whoseTurnComesTooLateDoesNotWaitForIt() throws Exception {
    departures.hold(account, Duration.ofSeconds(2));
    boolean leaves =
        assertTimeoutPreemptively(
            Duration.ofSeconds(10), () -> leavesWithPermitFor(now.get()), "by a clock that stands");
    assertThat(leaves).isFalse();
  }

  @Test
  void whatDoesNotLeaveTakesNobodysPlace() throws Exception {
    pass(2_000);
    leavesWithPermitFor(0);
    leavesWithPermitFor(0);
    assertThat(waits(2)).isFalse();
    assertThat(waits(2)).isFalse();
  }

  @Test
  void anAccountWithoutALimitMayCallWhenever() throws Exception {
    Account unlimited = new Account("c", "1", "secret", "token", new Limits(null, 100));
    pass(3_600_000);
    assertThat(departures.await(unlimited, 0, Departures.LATEST, () -> null, GUARD)).isPresent();
  }
}
