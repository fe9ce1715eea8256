package io.tuodui.task;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tuodui.redis.RedisForTests;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Whatever several nodes do in whatever order, late and with leases running out under them: a task
 * is due or leased or ended, in exactly one place, and none is lost.
 */
class TaskQueueInterleavingTest {

  private static final int ITEMS = 30;
  private static final int SHARDS = 2;
  private static final Share JOB = new Share(1, Priority.NORMAL);

  /** Looks at a shard in one step; names the first thing that does not fit. */
  private static final RedisScript<String> CHECK =
      RedisScript.of(
          """
          local due, leased = redis.call('ZRANGE', KEYS[1], 0, -1), redis.call('ZRANGE', KEYS[2], 0, -1)
          if redis.call('HLEN', KEYS[3]) ~= #leased then return 'leases without a task' end
          local later = redis.call('ZRANGE', KEYS[9], 0, -1)
          local open = #due + #later + #leased
          for _, id in ipairs(later) do
            if redis.call('ZSCORE', KEYS[1], id) then return id .. ' is due, and due later' end
            due[#due + 1] = id
          end
          for _, id in ipairs(due) do
            local status = redis.call('HGET', KEYS[4], id)
            local tried = tonumber(redis.call('HGET', KEYS[5], id) or 0) > 0
            if redis.call('ZSCORE', KEYS[2], id) then return id .. ' is due and leased' end
            if redis.call('SISMEMBER', KEYS[7], id) == 1 then return id .. ' is due and wanted again' end
            if status ~= (tried and 'failed' or 'pending') then return id .. ' is due but ' .. status end
          end
          for _, id in ipairs(leased) do
            if redis.call('HGET', KEYS[4], id) ~= 'running' then return id .. ' is leased, not running' end
            if redis.call('HEXISTS', KEYS[3], id) == 0 then return id .. ' is leased without a token' end
          end
          for _, id in ipairs(redis.call('SMEMBERS', KEYS[7])) do
            if not redis.call('ZSCORE', KEYS[2], id) then return id .. ' is wanted again, not leased' end
          end
          local status = redis.call('HGETALL', KEYS[4])
          for i = 2, #status, 2 do
            if status[i] == 'succeeded' or status[i] == 'gone' or status[i] == 'dead' then open = open + 1 end
          end
          if open ~= #status / 2 then return 'a task is nowhere' end
          return 'fits'
          """,
          String.class);

  private final StringRedisTemplate redis = RedisForTests.standalone();
  private final TaskQueue queue =
      new TaskQueue("test-" + UUID.randomUUID(), SHARDS, "tuodui", redis);

  /** Every task ever claimed: most of them are no longer anybody's. */
  private final List<Task> known = Collections.synchronizedList(new ArrayList<>());

  @Test
  void aTaskIsAlwaysInExactlyOnePlace() throws Exception {
    queue.enqueue(JOB, LongStream.range(0, ITEMS).boxed().toList());
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> nodes = new ArrayList<>();
      for (int node = 0; node < 4; node++) {
        Random random = new Random(node);
        nodes.add(pool.submit(() -> actAndCheck(random)));
      }
      for (Future<?> node : nodes) {
        node.get();
      }
    } finally {
      pool.shutdownNow();
    }
    await("every task ended").until(this::collectTheRest);
    assertThat(queue.counts()).isEqualTo(new QueueCounts(0, 0, 0));
  }

  private void actAndCheck(Random random) {
    for (int i = 0; i < 400; i++) {
      act(random);
      new QueueKeys("tuodui", queue.source(), SHARDS)
          .all()
          .forEach(shard -> assertThat(redis.execute(CHECK, shard)).isEqualTo("fits"));
    }
  }

  private void act(Random random) {
    switch (random.nextInt(8)) {
      case 0 -> queue.enqueue(job(random), List.of(random.nextLong(ITEMS), random.nextLong(ITEMS)));
      case 1, 2 -> known.addAll(queue.claim(1 + random.nextInt(4), millis(random, 30), "node"));
      case 3 -> queue.extend(some(random), millis(random, 30));
      case 4 -> queue.acknowledge(some(random), end(random));
      case 5 -> queue.retryLater(delayed(random));
      case 6 -> queue.release(delayed(random));
      default -> sweep();
    }
  }

  /** Of the last tasks claimed, so that some are still held. */
  private List<Task> some(Random random) {
    synchronized (known) {
      List<Task> last = known.subList(Math.max(0, known.size() - 20), known.size());
      return last.stream().filter(task -> random.nextInt(5) == 0).toList();
    }
  }

  private Map<Task, Duration> delayed(Random random) {
    return some(random).stream().collect(toMap(Function.identity(), task -> millis(random, 20)));
  }

  private static Duration millis(Random random, int bound) {
    return Duration.ofMillis(random.nextInt(bound));
  }

  private static Share job(Random random) {
    return new Share(random.nextInt(2), Priority.values()[random.nextInt(3)]);
  }

  private static TaskStatus end(Random random) {
    return List.of(TaskStatus.SUCCEEDED, TaskStatus.GONE, TaskStatus.DEAD).get(random.nextInt(3));
  }

  private void sweep() {
    queue.lostLeases().sweep(queue.lostLeases().revoke(Set.of(), Instant.EPOCH), Optional.empty());
  }

  private boolean collectTheRest() {
    sweep();
    queue.acknowledge(queue.claim(ITEMS, Duration.ofMinutes(1), "last"), TaskStatus.SUCCEEDED);
    return LongStream.range(0, ITEMS)
        .mapToObj(queue::status)
        .allMatch(status -> status.filter(TaskStatus::isEnd).isPresent());
  }
}
