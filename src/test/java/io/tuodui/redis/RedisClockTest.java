package io.tuodui.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** All times are in ms; Redis's clock is the one that is ahead. */
class RedisClockTest {
  private static final long AHEAD = 1_700_000_000_000L;

  private final RedisClock clock = new RedisClock();

  @Test
  void whatIsKnownIsTheLatestThatAnAnswerAllows() {
    answer(500, 1_000, AHEAD);
    assertThat(surelyAt(AHEAD + 2_000)).as("late by half of what it took").isEqualTo(2_250);
  }

  @Test
  void aSlowAnswerAfterAQuickOneChangesNothing() {
    answer(1_000, 1_000, AHEAD);
    answer(1_000, 1_200, AHEAD);
    assertThat(surelyAt(AHEAD + 3_000)).isBetween(3_000L, 3_001L);
    assertThat(clock.instantAt(3_000 * 1_000_000L))
        .isBetween(Instant.ofEpochMilli(AHEAD + 2_999), Instant.ofEpochMilli(AHEAD + 3_001));
  }

  @Test
  void aQuickAnswerAfterASlowOneIsWhatCounts() {
    answer(1_000, 1_200, AHEAD);
    answer(2_000, 2_000, AHEAD);
    assertThat(surelyAt(AHEAD + 3_000)).isBetween(3_000L, 3_001L);
  }

  @Test
  void aClockThatWasSetIsFollowed() {
    answer(1_000, 1_000, AHEAD);
    answer(2_000, 2_000, AHEAD - 3_600_000);
    assertThat(surelyAt(AHEAD - 3_600_000 + 5_000)).isEqualTo(5_000);
    answer(3_000, 3_000, AHEAD);
    assertThat(surelyAt(AHEAD + 5_000)).isEqualTo(5_000);
  }

  @Test
  void aClockThatDriftsIsFollowed() {
    for (int second = 0; second <= 1_000; second++) {
      answer(1_000L * second, 1_000L * second, AHEAD + second / 10);
    }
    assertThat(surelyAt(AHEAD + 1_000_100)).isBetween(1_000_000L, 1_000_001L);
  }

  /** Redis read its clock in the middle of the time that the answer took. */
  private void answer(long asked, long answered, long ahead) {
    long redis = ahead + (asked + answered) / 2;
    clock.heard(redis * 1_000, asked * 1_000_000, answered * 1_000_000);
  }

  private long surelyAt(long redis) {
    return clock.surelyAt(redis * 1_000) / 1_000_000;
  }
}
