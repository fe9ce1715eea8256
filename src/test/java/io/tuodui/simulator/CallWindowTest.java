package io.tuodui.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallWindowTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aCallOneSecondOldNoLongerCounts() {
    CallWindow window = new CallWindow(CallWindow.SECOND);
    assertThat(window.record(0)).isEqualTo(1);
    assertThat(window.record(SECOND - 1)).isEqualTo(2);
    assertThat(window.record(SECOND)).isEqualTo(2);
    assertThat(window.max()).isEqualTo(2);
  }

  @Test
  void countsAsASlowAndPlainCountDoes() {
    Random random = new Random(7);
    CallWindow window = new CallWindow(CallWindow.SECOND);
    List<Long> all = new ArrayList<>();
    long now = -5 * SECOND;
    int max = 0;
    for (int call = 0; call < 5_000; call++) {
      now += (long) (random.nextDouble() * random.nextDouble() * SECOND / 50);
      all.add(now);
      long after = now - SECOND;
      int inSecond = (int) all.stream().filter(arrival -> arrival > after).count();
      max = Math.max(max, inSecond);
      assertThat(window.record(now)).isEqualTo(inSecond);
    }
    assertThat(window.max()).isEqualTo(max).isGreaterThan(64);
  }

  @Test
  void anArrivalOutOfOrderCountsWithTheOneBeforeIt() {
    CallWindow window = new CallWindow(CallWindow.SECOND);
    window.record(SECOND);
    assertThat(window.record(SECOND - 5)).isEqualTo(2);
    assertThat(window.record(2 * SECOND)).isEqualTo(1);
  }
}
