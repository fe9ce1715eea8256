package io.tuodui.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.tuodui.config.TuoduiProperties;
import io.tuodui.node.NodeRegistry;
import io.tuodui.node.SharedClock;
import io.tuodui.redis.RedisForTests;
import io.tuodui.task.Priority;
import io.tuodui.task.Share;
import io.tuodui.task.Task;
import io.tuodui.task.TaskQueue;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Whose leases are taken away, and when. */
class LeaseSweepTest {
  private static final Duration LEASE = Duration.ofSeconds(10);

  private final StringRedisTemplate redis = RedisForTests.standalone();
  private final String prefix = "sweep-" + UUID.randomUUID();
  private final TaskQueue queue = new TaskQueue("item-detail", 1, prefix, redis);
  private final SharedClock clock = new SharedClock(Clock.systemUTC());

  @Test
  void aNodeThatIsGoneLosesWhatItHasNotExtendedForHalfALease() {
    TuoduiProperties properties = mock(TuoduiProperties.class, RETURNS_DEEP_STUBS);
    when(properties.collect().lease()).thenReturn(LEASE);
    try (NodeRegistry nodes = new NodeRegistry(redis, prefix, "self", LEASE, clock)) {
      LeaseSweep sweep = new LeaseSweep(queue, nodes, clock, properties);
      queue.enqueue(new Share(1, Priority.NORMAL), List.of(1L, 2L, 3L));
      nodes.start();
      assertThat(sweep.revoke()).as("while nobody knows who is alive").isEmpty();
      await().until(() -> nodes.alive().isPresent());

      List<Task> gone = queue.claim(1, LEASE.dividedBy(2).minusMillis(1), "gone");
      queue.claim(1, LEASE, "gone");
      queue.claim(1, LEASE.dividedBy(2).minusMillis(1), "self");
      assertThat(sweep.revoke()).extracting(Task::token).containsExactly(gone.get(0).token());
    }
  }
}
