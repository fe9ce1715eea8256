package io.tuodui.settle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tuodui.collect.Outcome;
import io.tuodui.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettlementTest {
  private static final Instant HELD_BACK = Instant.parse("2026-01-01T00:00:00Z");

  /** Else a task that got no permit would wait again for as long as it waited for its batch. */
  @ParameterizedTest
  @CsvSource({"0, 5000", "2000, 3000", "5000, 0", "9000, 0", "-60000, 5000"})
  void theDelayCountsFromWhenTheTaskWasHeldBack(long batchTookMillis, long left) {
    Outcome heldBack =
        new Outcome(
            new Task("item-detail", 1, 1, 0),
            null,
            null,
            "No account is free",
            Duration.ofSeconds(5),
            null,
            null,
            null,
            null,
            null,
            HELD_BACK,
            0,
            0);
    Settlement settlement =
        new Settlement(
            List.of(heldBack),
            new RetryPolicy(new Random(1)),
            new Records("node", "collect-items"),
            HELD_BACK.plusMillis(batchTookMillis));
    assertThat(settlement.getPause()).isEqualTo(Duration.ofMillis(left));
  }
}
