package io.tuodui.task;

import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.tuodui.redis.RedisForTests;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Whose ids are claimed next, when several jobs wait. */
class TaskQueueTurnsTest {
  private static final Share LARGE = new Share(1, Priority.NORMAL);
  private static final Share SMALL = new Share(2, Priority.NORMAL);
  private static final Share URGENT = new Share(3, Priority.HIGH);
  private static final Share PATIENT = new Share(4, Priority.LOW);
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final int SHARDS = 2;

  private final TaskQueue queue =
      new TaskQueue("test-" + UUID.randomUUID(), SHARDS, "tuodui", RedisForTests.standalone());

  private static List<Long> ids(long from, long end) {
    return LongStream.range(from, end).boxed().toList();
  }

  /** Claims in batches of 10, ends what was claimed, and counts it by id ranges of 100,000. */
  private Map<Long, Long> claim(int count) {
    List<Task> all =
        LongStream.range(0, count / 10)
            .boxed()
            .flatMap(batch -> queue.claim(10, LEASE, "node").stream())
            .toList();
    queue.acknowledge(all, TaskStatus.SUCCEEDED);
    return all.stream().collect(toMap(task -> task.itemId() / 100_000, task -> 1L, Long::sum));
  }

  @Test
  void jobsShareByTheirWeightsAndNoneIsLeftOut() {
    queue.enqueue(PATIENT, ids(0, 5_000));
    queue.enqueue(LARGE, ids(100_000, 105_000));
    queue.enqueue(URGENT, ids(200_000, 205_000));
    Map<Long, Long> claimed = claim(2_400);
    assertThat(claimed.get(2L)).isCloseTo(1_600, within(10L));
    assertThat(claimed.get(1L)).isCloseTo(600, within(10L));
    assertThat(claimed.get(0L)).isCloseTo(200, within(10L));
  }

  @Test
  void aSmallJobIsNotBehindALargeOne() {
    queue.enqueue(LARGE, ids(0, 20_000));
    claim(4_000);
    queue.enqueue(SMALL, ids(100_000, 100_100));
    assertThat(claim(220).get(1L)).isEqualTo(100);
  }

  @Test
  void anIdGoesWithTheMoreUrgentJobThatWantsIt() {
    queue.enqueue(LARGE, ids(0, 20_000));
    queue.enqueue(SMALL, ids(19_900, 20_000));
    queue.enqueue(PATIENT, ids(0, 100));
    queue.enqueue(PATIENT, ids(100_000, 100_100));
    claim(280);
    assertThat(ids(19_900, 20_000)).allSatisfy(this::isClaimed);
    assertThat(ids(0, 100)).as("not put off").allSatisfy(this::isClaimed);
  }

  private void isClaimed(long id) {
    assertThat(queue.status(id)).isNotEqualTo(Optional.of(TaskStatus.PENDING));
  }

  @Test
  void anIdInFlightGoesOnWithTheMoreUrgentJob() {
    queue.enqueue(PATIENT, ids(0, 2));
    List<Task> held = queue.claim(2, LEASE, "node");
    queue.retryLater(Map.of(held.get(1), Duration.ofMillis(1)));
    queue.enqueue(PATIENT, ids(10, 1_000));
    queue.enqueue(URGENT, ids(0, 2));
    queue.retryLater(Map.of(held.get(0), Duration.ZERO));
    assertThat(ofEachShard(2)).contains(held.get(0).itemId());
  }

  @Test
  void aJobWhoseIdsFailKeepsToItsShare() {
    queue.enqueue(LARGE, ids(0, 1_000));
    queue.enqueue(SMALL, ids(100_000, 101_000));
    long fine = 0;
    for (int i = 0; i < 60; i++) {
      Map<Boolean, List<Task>> claimed =
          queue.claim(10, LEASE, "node").stream()
              .collect(partitioningBy(task -> task.itemId() < 100_000));
      queue.retryLater(
          claimed.get(true).stream().collect(toMap(Function.identity(), task -> Duration.ZERO)));
      queue.acknowledge(claimed.get(false), TaskStatus.SUCCEEDED);
      fine += claimed.get(false).size();
    }
    assertThat(fine).isCloseTo(300, within(12L));
  }

  @Test
  void whatIsAlwaysRefusedDoesNotStandBeforeAllOthers() {
    queue.enqueue(LARGE, List.of(0L, 2L, 4L));
    queue.requeue(queue.claim(1, LEASE, "node"));
    assertThat(queue.claim(3, LEASE, "node")).extracting(Task::itemId).containsExactly(2L, 4L, 0L);
  }

  @Test
  void anIdWithoutACallKeepsItsTurn() {
    queue.enqueue(LARGE, ids(0, 100));
    List<Task> held = queue.claim(2, LEASE, "node");
    queue.enqueue(URGENT, ids(100_000, 100_100));
    queue.release(Map.of(held.get(0), Duration.ZERO, held.get(1), Duration.ofMillis(1)));
    await().until(() -> queue.counts().waiting() == 0);
    assertThat(ofEachShard(2)).containsAll(held.stream().map(Task::itemId).toList());
  }

  @Test
  void whatADeadNodeHeldIsServedFirst() {
    queue.enqueue(LARGE, ids(0, 2));
    List<Task> held = queue.claim(2, Duration.ZERO, "dead");
    queue.enqueue(URGENT, ids(100_000, 101_000));
    queue
        .lostLeases()
        .sweep(queue.lostLeases().revoke(Set.of(), Instant.EPOCH), Optional.of(Set.of()));
    queue.enqueue(URGENT, ids(101_000, 102_000));
    assertThat(ofEachShard(1))
        .containsExactlyInAnyOrderElementsOf(held.stream().map(Task::itemId).toList());
  }

  /** The next ids of each shard. */
  private List<Long> ofEachShard(int count) {
    return LongStream.range(0, SHARDS)
        .boxed()
        .flatMap(shard -> queue.claim(count, LEASE, "node").stream())
        .map(Task::itemId)
        .toList();
  }

  @Test
  void aJobIsMadeMoreOrLessUrgentInTheMiddle() {
    queue.enqueue(LARGE, ids(0, 5_000));
    queue.enqueue(SMALL, ids(100_000, 105_000));
    assertThat(claim(400).get(1L)).isCloseTo(200, within(6L));
    changeTo(new Share(2, Priority.HIGH));
    assertThat(claim(1_100).get(1L)).isCloseTo(800, within(12L));
    changeTo(new Share(2, Priority.LOW));
    assertThat(claim(1_200).get(1L)).isCloseTo(300, within(12L));
    changeTo(new Share(2, Priority.HIGH));
    assertThat(claim(1_100).get(1L)).isCloseTo(800, within(12L));
  }

  private void changeTo(Share share) {
    queue.startAnew(share);
    queue.move(share, ids(100_000, 105_000).stream().filter(this::isDue).toList());
  }

  private boolean isDue(long id) {
    return queue.status(id).equals(Optional.of(TaskStatus.PENDING));
  }

  /** Scores were times in ms, and a lease told no job. */
  @Test
  void whatWasQueuedBeforeThereWereTurnsIsServed() {
    StringRedisTemplate redis = RedisForTests.standalone();
    QueueKeys keys = new QueueKeys("tuodui", queue.source(), SHARDS);
    for (long id : ids(0, 4)) {
      redis.opsForZSet().add(QueueKeys.due(keys.ofItem(id)), Long.toString(id), 1_760_000_000_000L);
    }
    List<Task> held = queue.claim(4, LEASE, "node");
    assertThat(held).hasSize(4);
    Task task = held.get(0);
    List<String> shard = keys.ofItem(task.itemId());
    redis.opsForHash().put(shard.get(2), Long.toString(task.itemId()), task.token() + " 123-abc");
    queue.retryLater(held.stream().collect(toMap(Function.identity(), each -> Duration.ZERO)));
    queue.enqueue(SMALL, ids(10, 14));
    assertThat(queue.claim(10, LEASE, "node")).hasSize(8);
  }

  @Test
  void aJobThatLeftTheQueueComesBackBesideTheOthers() {
    queue.enqueue(LARGE, ids(0, 3_000));
    queue.enqueue(SMALL, ids(100_000, 103_000));
    queue.review().drop(ids(100_000, 103_000), TaskStatus.DEAD);
    queue.startAnew(SMALL);
    queue.enqueue(SMALL, ids(100_000, 103_000));
    assertThat(claim(400).get(1L)).isCloseTo(200, within(6L));
  }
}
