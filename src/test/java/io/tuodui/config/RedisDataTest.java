package io.tuodui.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tuodui.redis.RedisForTests;
import io.tuodui.task.Priority;
import io.tuodui.task.Share;
import io.tuodui.task.TaskQueue;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;

/** A node beside others of its version, and of others. */
class RedisDataTest {
  private static final Share JOB = new Share(1, Priority.NORMAL);

  private final StringRedisTemplate redis = RedisForTests.standalone();
  private final String prefix = "test-" + UUID.randomUUID();
  private final TaskQueue queue = new TaskQueue("item-detail", 2, prefix, redis);

  private void settle() {
    new RedisData(redis, prefix).settle();
  }

  private void left(String version) {
    queue.review().fill(() -> queue.enqueue(JOB, List.of(1L, 2L)));
    redis.opsForValue().set(prefix + ":version", version);
  }

  @Test
  void nodesOfOneVersionShareTheKeys() {
    settle();
    queue.review().fill(() -> queue.enqueue(JOB, List.of(1L, 2L)));
    settle();
    assertThat(redis.opsForValue().get(prefix + ":version")).isEqualTo("" + RedisData.VERSION);
    assertThat(queue.counts().due()).isEqualTo(2);
  }

  @Test
  void anOlderNodeLeavesTheKeysOfANewerAlone() {
    left("" + (RedisData.VERSION + 1));
    assertThatThrownBy(this::settle)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("of version " + (RedisData.VERSION + 1))
        .hasMessageContaining("tuodui.queue.prefix");
    assertThat(queue.counts().due()).isEqualTo(2);
  }

  @Test
  void aNewerNodeWaitsForTheOlderToStopAndThenStartsWithAnEmptyQueue() {
    left("0");
    redis.opsForHash().put(prefix + ":{limits}:day:20000", "shop", "900");
    redis.opsForZSet().add(prefix + ":nodes", "17-old", Instant.now().toEpochMilli() + 60_000.0);
    assertThatThrownBy(this::settle)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("17-old")
        .hasMessageContaining("Stop them first");
    assertThat(queue.review().isFilled()).isTrue();

    redis.opsForZSet().add(prefix + ":nodes", "17-old", Instant.now().toEpochMilli() - 1.0);
    settle();
    assertThat(queue.counts().due()).isZero();
    assertThat(queue.review().isFilled()).as("the ledger fills it again").isFalse();
    assertThat(queue.status(1)).as("what became of an item is kept").isPresent();
    assertThat(redis.opsForHash().get(prefix + ":{limits}:day:20000", "shop"))
        .as("and the calls of the day")
        .isEqualTo("900");
    settle();
  }
}
