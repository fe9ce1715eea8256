package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.tuodui.NodeForTests;
import io.tuodui.embedded.ServersForTests;
import io.tuodui.job.Receipt;
import io.tuodui.simulator.Faults;
import io.tuodui.simulator.SimulatedAccounts;
import io.tuodui.simulator.SimulatedItems;
import io.tuodui.simulator.Simulator;
import io.tuodui.simulator.SimulatorOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Redis forgets everything in the middle of a job. */
class RedisLossTest {
  private static final int IDS = 300;
  private static final int PER_SECOND = 20;

  /** More than the node believes: a slow machine's jitter is not the point. */
  private static final int ALLOWED = 30;

  private static final int IN_FLIGHT = 80;

  @Test
  void theLedgerFillsTheQueueAgainAndNoLimitIsExceeded() {
    try (Simulator simulator =
            Simulator.start(
                new SimulatorOptions(
                    0,
                    2,
                    ALLOWED,
                    0,
                    Duration.ofMillis(50),
                    Duration.ofMillis(20),
                    Faults.NONE,
                    1));
        NodeForTests node =
            NodeForTests.start(
                simulator.baseUrl(),
                SimulatedAccounts.accounts(2, PER_SECOND, 0),
                Map.of(
                    // A database of its own, so that no other test's keys are lost with it
                    "spring.data.redis.url",
                    ServersForTests.redisUri() + "/9",
                    "tuodui.inbox.enabled",
                    false))) {
      List<Long> ids = SimulatedItems.ids(IDS).boxed().toList();
      long job = node.submit(ids.stream().map(String::valueOf).toList());
      await().until(() -> simulator.stats().totals().calls() > IDS / 4);

      node.bean(StringRedisTemplate.class)
          .execute(
              (RedisCallback<Void>)
                  redis -> {
                    redis.serverCommands().flushDb();
                    return null;
                  });

      Receipt receipt = node.complete(job);
      long published = ids.stream().filter(SimulatedItems::published).count();
      assertThat(receipt.succeeded()).isEqualTo(published);
      assertThat(receipt.gone()).isEqualTo(IDS - published);
      assertThat(
              node.bean(MeterRegistry.class)
                  .get("tuodui.reconcile.repairs")
                  .tag("kind", "put-back")
                  .counter()
                  .count())
          .as("a repair is counted, whoever made it")
          .isPositive();
      assertThat(simulator.stats().totals().calls())
          .as("only what was in flight may be called for twice")
          .isBetween((long) IDS, (long) IDS + IN_FLIGHT);
      assertThat(simulator.stats().totals().maxCallsInAnySecond()).isLessThanOrEqualTo(ALLOWED);
      assertThat(simulator.stats().totals().refused()).isEmpty();
    }
  }
}
