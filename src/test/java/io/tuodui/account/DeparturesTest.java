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

  private final AtomicLong now = new AtomicLong();
  private final Departures departures = new Departures("x", now::get);
  private final Account account = new Account("a", "1", "secret", "token", new Limits(2, null));

  private void leave(double perSecond) throws InterruptedException {
    departures.await(account, () -> perSecond, GUARD);
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
    departures.await(limited, () -> 5.0, GUARD);
    pass(30_000);
    departures.await(limited, () -> 5.0, GUARD);
    pass(30_000);
    CompletableFuture<Void> third =
        CompletableFuture.runAsync(
            () -> {
              try {
                departures.await(limited, () -> 5.0, GUARD);
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
}
