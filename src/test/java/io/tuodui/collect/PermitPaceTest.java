package io.tuodui.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tuodui.GatewayStub;
import io.tuodui.GatewayStub.Reply;
import io.tuodui.NodeForTests;
import io.tuodui.simulator.SimulatedAccounts;
import io.tuodui.task.QueueCounts;
import io.tuodui.task.TaskQueue;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PermitPaceTest {
  private static final Duration WORK = Duration.ofMillis(300);

  @Test
  void claimsForTheTimeOfTheWorkAndOneSecondMore() {
    assertThat(PermitPace.claimed(1000, WORK)).isCloseTo(1_300, within(1.0));
  }

  @Test
  void claimsNothingForAccountsThatAreNotThereAndAllForThoseWithoutALimit() {
    assertThat(PermitPace.claimed(0, WORK)).isZero();
    assertThat(PermitPace.claimed(Double.POSITIVE_INFINITY, Duration.ZERO)).isInfinite();
  }

  /**
   * What is held waits the longer the more is held; were that taken for work, more would be claimed
   * for it.
   */
  @Test
  void claimsNoMoreBecauseTheCallsOfANewNodeWait() {
    int callsPerSecond = 100;
    AtomicLong most = new AtomicLong();
    try (GatewayStub gateway = GatewayStub.start();
        NodeForTests node =
            NodeForTests.start(
                gateway.baseUrl(),
                SimulatedAccounts.accounts(10, callsPerSecond / 10, 0),
                Map.of(
                    "tuodui.limits.slow-start",
                    "1s",
                    "tuodui.collect.batch-size",
                    100,
                    "tuodui.collect.batches",
                    32,
                    "tuodui.inbox.enabled",
                    false))) {
      TaskQueue queue = node.bean(TaskQueue.class);
      gateway.answer(
          request -> {
            QueueCounts counts = queue.counts();
            most.accumulateAndGet(counts.leased(), Math::max);
            return Reply.item(request.itemId(), "");
          });
      node.complete(node.submit(LongStream.range(944_000_000_000L, 944_000_000_800L).toArray()));
    }
    assertThat(most.get()).as("tasks held").isBetween(1L, 2L * callsPerSecond);
  }
}
