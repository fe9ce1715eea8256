package io.tuodui.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PermitPaceTest {
  private static final double RATE = 1000;
  private static final double WORK = 0.3;

  /** Else a node that was slow once would hold ever more, since what is held waits for longer. */
  @Test
  void comesBackAfterASlowBatch() {
    double took = 10;
    double waited = 0;
    for (int batch = 0; batch < 20; batch++) {
      double held = PermitPace.claimed(RATE, took, waited);
      // By Little's law, what is held leaves at the accounts' rate.
      took = held / RATE;
      waited = took - WORK;
    }
    assertThat(PermitPace.claimed(RATE, took, waited)).isCloseTo(1_300, within(1.0));
  }

  @Test
  void claimsNothingForAccountsThatAreNotThereAndAllForThoseWithoutALimit() {
    assertThat(PermitPace.claimed(0, 1, 0)).isZero();
    assertThat(PermitPace.claimed(Double.POSITIVE_INFINITY, 0, 0)).isInfinite();
  }
}
