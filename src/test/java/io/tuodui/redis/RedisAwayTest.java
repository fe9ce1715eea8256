package io.tuodui.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tuodui.account.Account;
import io.tuodui.account.Limits;
import io.tuodui.account.Permits;
import io.tuodui.account.Reservation;
import io.tuodui.task.Priority;
import io.tuodui.task.Share;
import io.tuodui.task.Task;
import io.tuodui.task.TaskQueue;
import io.tuodui.task.TaskStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.embedded.RedisServer;

/**
 * Redis goes away and comes back with nothing: no permit meanwhile, and everything goes on by
 * itself.
 */
class RedisAwayTest {
  private static final Share JOB = new Share(1, Priority.NORMAL);

  private static final Duration LEASE = Duration.ofMinutes(1);

  @Test
  void nothingIsGivenWhileRedisIsAwayAndAllGoesOnAfterwards() throws Exception {
    RedisServer server = RedisForTests.start();
    StringRedisTemplate redis = RedisForTests.template(server.ports().get(0));
    TaskQueue queue = new TaskQueue("item-detail", 4, "tuodui", redis);
    Permits permits = new Permits(redis, "tuodui", Duration.ofSeconds(20));
    permits.configure(List.of(new Account("a", "1", "secret", null, new Limits(10, 100))));
    queue.enqueue(JOB, List.of(1L, 2L));
    List<Task> held = queue.claim(1, LEASE, "node");
    assertThat(reserve(permits).granted()).isTrue();

    RedisForTests.stop(server);
    assertThatThrownBy(() -> reserve(permits)).isInstanceOf(DataAccessException.class);
    assertThatThrownBy(() -> queue.claim(1, LEASE, "node")).isInstanceOf(DataAccessException.class);
    assertThatThrownBy(() -> queue.acknowledge(held, TaskStatus.SUCCEEDED))
        .isInstanceOf(DataAccessException.class);

    server.start();
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(() -> reserve(permits).granted());
    Reservation permit = reserve(permits);
    assertThat(permit.delay()).as("the platform's window passes first").isPositive();
    assertThat(queue.acknowledge(held, TaskStatus.SUCCEEDED))
        .as("the lease was lost")
        .isEqualTo(held);
    assertThat(queue.enqueue(JOB, List.of(1L, 2L))).as("filled again from the ledger").isEqualTo(2);
    assertThat(queue.claim(2, LEASE, "node")).allMatch(task -> task.token() > held.get(0).token());
    RedisForTests.close(redis);
    RedisForTests.stop(server);
  }

  private static Reservation reserve(Permits permits) {
    return permits
        .reserve("x", 1, Duration.ofMillis(25), Duration.ZERO, Duration.ofMinutes(1))
        .get(0);
  }
}
