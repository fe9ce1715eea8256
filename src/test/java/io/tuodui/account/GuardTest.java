package io.tuodui.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GuardTest {

  private final AtomicLong nanos = new AtomicLong(-5_000_000_000L); // a ticker may start anywhere
  private final Guard guard =
      new Guard(Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(1000), nanos::get);

  @Test
  void startsAtHalfSpeedAndStaysThereUntilTheFirstCall() {
    assertThat(guard.current()).isEqualTo(Duration.ofMillis(1025));
    pass(Duration.ofMinutes(5));
    assertThat(guard.current()).isEqualTo(Duration.ofMillis(1025));
  }

  @Test
  void theSlowStartFadesEvenlyFromTheFirstCall() {
    guard.sent(Duration.ZERO);
    assertThat(currentMillis()).isEqualTo(1025);
    pass(Duration.ofMillis(7_500));
    assertThat(currentMillis()).isCloseTo(525, within(1.0));
    pass(Duration.ofMillis(7_500));
    assertThat(currentMillis()).isEqualTo(25);
    pass(Duration.ofDays(30));
    assertThat(currentMillis()).isEqualTo(25);
  }

  @Test
  void followsTheWorstLatenessOfTheLastTenSecondsWithinItsBounds() {
    warmUp();
    guard.sent(Duration.ofMillis(3));
    assertThat(currentMillis()).as("never below the minimum").isEqualTo(25);
    guard.sent(Duration.ofMillis(41));
    guard.sent(Duration.ofMillis(30));
    guard.sent(Duration.ofMillis(-8));
    assertThat(currentMillis()).isEqualTo(41);
    pass(Duration.ofSeconds(9));
    guard.sent(Duration.ofMillis(33));
    assertThat(currentMillis()).as("not forgotten yet").isEqualTo(41);
    pass(Duration.ofSeconds(2));
    assertThat(currentMillis()).as("the later one is left").isEqualTo(33);
    pass(Duration.ofSeconds(11));
    assertThat(currentMillis()).isEqualTo(25);
    guard.sent(Duration.ofHours(2));
    assertThat(currentMillis()).as("never above the maximum").isEqualTo(50);
  }

  @Test
  void aCallThatIsTooLateToLeaveCountsAsWell() {
    warmUp();
    guard.missed(Duration.ofMillis(41));
    assertThat(currentMillis()).isEqualTo(41);
  }

  @Test
  void whatACallMayBeLateByDoesNotGrowWithTheSlowStart() {
    guard.sent(Duration.ofMillis(34));
    assertThat(currentMillis()).isEqualTo(1034);
    assertThat(guard.tolerance()).isEqualTo(Duration.ofNanos(11_800_000));
  }

  @Test
  void whatACallMayBeLateByLeavesTheWayToThePlatformItsPart() {
    warmUp();
    assertThat(guard.tolerance()).isEqualTo(Duration.ofMillis(10));
    assertThat(guard.besideOthers().minus(guard.tolerance())).isEqualTo(Duration.ofMillis(20));
  }

  @Test
  void whoSleptStartsSlowlyAgain() {
    warmUp();
    guard.sent(Duration.ofMillis(41));
    guard.missed(Duration.ofSeconds(1));
    assertThat(currentMillis()).as("that late happens").isEqualTo(50);
    guard.missed(Duration.ofMillis(1_001));
    assertThat(currentMillis()).isEqualTo(1025);
    guard.sent(Duration.ZERO);
    pass(Guard.WARM_UP.dividedBy(2));
    guard.missed(Duration.ofMinutes(1));
    assertThat(currentMillis()).as("not once more while it does").isCloseTo(550, within(1.0));
    pass(Guard.WARM_UP);
    assertThat(currentMillis()).isEqualTo(25);
  }

  @Test
  void saysWhatIsWrongWithItsBounds() {
    Duration ms = Duration.ofMillis(1);
    assertThatThrownBy(() -> new Guard(ms.multipliedBy(2), ms, ms, System::nanoTime))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("minimum PT0.002S, maximum PT0.001S");
  }

  private void warmUp() {
    guard.sent(Duration.ZERO);
    pass(Guard.WARM_UP);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private double currentMillis() {
    return guard.current().toNanos() / 1e6;
  }
}
