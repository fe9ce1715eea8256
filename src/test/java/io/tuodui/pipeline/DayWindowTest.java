package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.tuodui.NodeForTests;
import io.tuodui.account.Account;
import io.tuodui.account.Permits;
import io.tuodui.job.Receipt;
import io.tuodui.redis.RedisForTests;
import io.tuodui.simulator.SimulatedAccounts;
import io.tuodui.simulator.SimulatedItems;
import io.tuodui.simulator.Simulator;
import io.tuodui.simulator.SimulatorOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * A day of the platform and the next, in seconds: the clocks of the permits and of the simulator
 * are the test's to move.
 */
class DayWindowTest {
  private static final int A_DAY = 1_000;
  private static final int TASKS = 1_500;
  private static final ZoneOffset PLATFORM = ZoneOffset.ofHours(8);
  private static final LocalDate TOMORROW = LocalDate.now(PLATFORM).plusDays(1);

  private final String prefix = "days-" + UUID.randomUUID();
  private final StringRedisTemplate redis = RedisForTests.standalone();
  private volatile Duration ahead = Duration.ZERO;

  private final InstantSource platform = () -> Instant.now().plus(ahead);

  /** As redis/clock.lua of the tests reads it. */
  private void setClocks(LocalDate day, int hour, int minute, int second) {
    Instant then = day.atTime(hour, minute, second).toInstant(PLATFORM);
    ahead = Duration.between(Instant.now(), then);
    redis.opsForValue().set(prefix + ":{limits}:clock-offset", Long.toString(ahead.toMillis()));
  }

  @Test
  void aDayHasExactlyItsCallsAndTheRestOfTheTasksRunsAfterTheReset() {
    List<Account> accounts = SimulatedAccounts.accounts(1, 0, A_DAY);
    Clock clock = platform.withZone(ZoneOffset.UTC);
    setClocks(TOMORROW, 20, 0, 0);
    try (Simulator simulator = Simulator.start(SimulatorOptions.plain(1), accounts, clock);
        NodeForTests node =
            NodeForTests.start(
                simulator.baseUrl(),
                accounts,
                Map.of("tuodui.inbox.enabled", false, "tuodui.queue.prefix", prefix))) {
      long job = node.submit(SimulatedItems.ids(TASKS).mapToObj(Long::toString).toList());
      await().atMost(Duration.ofSeconds(30)).until(() -> node.receipt(job).open() == TASKS - A_DAY);
      setClocks(TOMORROW, 23, 59, 0);
      await()
          .during(Duration.ofSeconds(2))
          .until(() -> simulator.stats().totals().calls() == A_DAY);
      assertThat(permits(node).snapshot("any").get("sim-001").freeIn())
          .as("until the reset")
          .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(65));
      MeterRegistry meters = node.bean(MeterRegistry.class);
      assertThat(meters.get("tuodui.account.calls.today").gauge().value()).isEqualTo(A_DAY);
      assertThat(meters.get("tuodui.account.rest.seconds").gauge().value()).isBetween(30.0, 65.0);

      setClocks(TOMORROW.plusDays(1), 0, 0, 6);
      Receipt receipt = node.complete(job);
      assertThat(receipt.calls()).isEqualTo(TASKS);
      assertThat(receipt.refused()).isZero();
      assertThat(simulator.stats().totals().calls()).isEqualTo(TASKS);
      assertThat(simulator.stats().totals().refused()).isEmpty();
    }
  }

  private static Permits permits(NodeForTests node) {
    return node.bean(Permits.class);
  }
}
