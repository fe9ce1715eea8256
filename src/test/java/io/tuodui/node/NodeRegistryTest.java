package io.tuodui.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.spy;

import io.tuodui.redis.RedisForTests;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.core.StringRedisTemplate;

class NodeRegistryTest {
  private static final Duration LEASE = Duration.ofMillis(900);

  private final StringRedisTemplate redis = RedisForTests.standalone();
  private final String prefix = "test-" + UUID.randomUUID();
  private final SharedClock clock =
      new SharedClock(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5)));
  private final NodeRegistry first = new NodeRegistry(redis, prefix, "first", LEASE, clock);
  private final NodeRegistry second = new NodeRegistry(redis, prefix, "second", LEASE, clock);

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  @Test
  void aNodeTellsWhoIsAliveOnlyAfterAllHadTheTimeToSpeak() {
    first.start();
    assertThat(first.alive()).isEmpty();
    await().until(() -> first.alive().isPresent());
    assertThat(first.alive()).contains(Set.of("first"));
    assertThat(first.isAlone()).isTrue();
    second.start();
    await().until(() -> !first.isAlone());
    await().until(() -> first.alive().orElseThrow().equals(Set.of("first", "second")));
  }

  @Test
  void aNodeThatFallsSilentIsNotAliveAndOneThatStopsSaysSo() {
    first.start();
    second.beat();
    await().until(() -> first.alive().isPresent());
    await().until(() -> first.alive().orElseThrow().equals(Set.of("first")));
    second.start();
    await().until(() -> first.alive().orElseThrow().contains("second"));
    second.close();
    assertThat(first.alive()).contains(Set.of("first"));
  }

  @Test
  void aNodeThatClaimsNothingIsAliveButDoesNotCollect() {
    first.start();
    second.start();
    assertThat(first.collecting()).isOne();
    assertThat(second.collecting()).isEqualTo(2);
    await().until(() -> second.collecting() == 1);
    await().until(() -> second.alive().isPresent());
    assertThat(second.alive()).contains(Set.of("first", "second"));
    second.close();
    assertThat(first.collecting()).isOne();
  }

  /** The Redis of the tests is on this machine, and so has its time. */
  @Test
  void aNodeWhoseClockIsWrongGoesByThatOfRedis() {
    assertThat(between(clock)).isGreaterThan(Duration.ofMinutes(4));
    first.beat();
    assertThat(between(clock)).isLessThan(Duration.ofSeconds(30));
    assertThat(between(clock.withZone(ZoneId.of("Asia/Shanghai"))))
        .isLessThan(Duration.ofSeconds(30));
  }

  private static Duration between(Clock clock) {
    return Duration.between(Clock.systemUTC().instant(), clock.instant()).abs();
  }

  /** What it does not hear of others for may be longer for them than for itself. */
  @Test
  void afterAHeartbeatThatFailedANodeWaitsAgain() {
    AtomicBoolean away = new AtomicBoolean();
    StringRedisTemplate client = spy(redis);
    doAnswer(
            question -> {
              if (away.get()) {
                throw new QueryTimeoutException("Redis is away");
              }
              return question.callRealMethod();
            })
        .when(client)
        .execute(any(), anyList(), any(Object[].class));
    try (NodeRegistry third =
        new NodeRegistry(client, prefix, "third", LEASE.multipliedBy(4), clock)) {
      third.start();
      await().until(() -> third.alive().isPresent());
      away.set(true);
      assertThatThrownBy(third::alive).isInstanceOf(QueryTimeoutException.class);
      away.set(false);
      assertThat(third.alive()).isEmpty();
    }
  }

  @Test
  void afterALossOfRedisANodeWaitsAgain() {
    first.start();
    await().until(() -> first.alive().isPresent());
    redis.delete(prefix + ":nodes");
    assertThat(first.alive()).isEmpty();
    await().until(() -> first.alive().isPresent());
  }
}
