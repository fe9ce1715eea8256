package io.tuodui.task;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.core.StringRedisTemplate;

/** What every Redis must make of the queue. */
abstract class TaskQueueContract {

  static final Duration LEASE = Duration.ofMinutes(1);
  static final Duration SHORT = Duration.ofMillis(20);
  static final Share JOB = new Share(1, Priority.NORMAL);

  private TaskQueue queue;

  abstract StringRedisTemplate redis();

  @BeforeEach
  void anEmptyQueue() {
    queue = new TaskQueue("test-" + UUID.randomUUID(), 4, "tuodui", redis());
  }

  @Test
  void enqueueingTwiceIsEnqueueingOnce() {
    assertThat(queue.enqueue(JOB, List.of(1L, 2L, 2L, 3L))).isEqualTo(3);
    assertThat(queue.enqueue(JOB, List.of(3L, 4L))).isEqualTo(1);
    assertThat(queue.enqueue(JOB, List.of())).isZero();
    assertThat(queue.counts()).isEqualTo(new QueueCounts(4, 0, 0));
    assertThat(ids(claim(10))).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
  }

  @Test
  void aClaimTakesNoMoreThanAskedAndNothingTwice() {
    queue.enqueue(JOB, ids(0, 25));
    List<Task> first = claim(10);
    List<Task> second = claim(100);
    assertThat(first).hasSize(10);
    assertThat(second).hasSize(15).doesNotContainAnyElementsOf(first);
    assertThat(claim(100)).isEmpty();
    assertThat(queue.counts()).isEqualTo(new QueueCounts(0, 0, 25));
  }

  @Test
  void sixteenClaimersNeverGetTheSameTask() throws Exception {
    queue.enqueue(JOB, ids(0, 20_000));
    List<Task> claimed =
        inParallel(
            16,
            () -> {
              List<Task> mine = new ArrayList<>();
              for (List<Task> batch = claim(50); !batch.isEmpty(); batch = claim(50)) {
                mine.addAll(batch);
              }
              return mine;
            });
    assertThat(ids(claimed)).hasSize(20_000).doesNotHaveDuplicates();
  }

  @Test
  void everyLeaseHasAGreaterTokenThanTheOneBefore() {
    queue.enqueue(JOB, List.of(7L));
    Task first = claim(1).get(0);
    queue.release(now(List.of(first)));
    Task second = claim(1).get(0);
    assertThat(second.token()).isGreaterThan(first.token());

    forgetEverything();
    queue.enqueue(JOB, List.of(7L));
    assertThat(claim(1).get(0).token()).as("after Redis lost it all").isGreaterThan(second.token());
  }

  @Test
  void whoLostTheLeaseIsRefusedEverywhere() {
    queue.enqueue(JOB, List.of(7L, 8L));
    List<Task> old = claim(2);
    queue.release(now(old));
    List<Task> held = claim(2);

    assertThat(queue.extend(old, LEASE)).isEmpty();
    assertThat(queue.acknowledge(old, TaskStatus.SUCCEEDED))
        .containsExactlyInAnyOrderElementsOf(old);
    assertThat(queue.retryLater(now(old))).containsExactlyInAnyOrderElementsOf(old);
    assertThat(queue.release(now(old))).containsExactlyInAnyOrderElementsOf(old);
    assertThat(queue.counts()).as("nothing moved").isEqualTo(new QueueCounts(0, 0, 2));
    assertThat(queue.status(7)).contains(TaskStatus.RUNNING);

    List<Task> mixed = new ArrayList<>(old);
    mixed.addAll(held);
    assertThat(queue.extend(mixed, LEASE)).containsExactlyInAnyOrderElementsOf(held);
    assertThat(queue.acknowledge(mixed, TaskStatus.SUCCEEDED))
        .containsExactlyInAnyOrderElementsOf(old);
    assertThat(queue.acknowledge(held, TaskStatus.SUCCEEDED)).as("ended already").hasSize(2);
  }

  @Test
  void aLeaseThatRanOutIsSweptAndTheTaskGoesToSomebodyElse() {
    queue.enqueue(JOB, ids(0, 1_500));
    List<Task> lost = queue.claim(1_500, SHORT, "dying");
    queue.enqueue(JOB, List.of(-1L));
    List<Task> kept = claim(1);
    awaitSwept(1_500);

    assertThat(sweep()).as("nothing more").isZero();
    assertThat(queue.counts()).isEqualTo(new QueueCounts(1_500, 0, 1));
    assertThat(queue.status(3)).contains(TaskStatus.PENDING);
    assertThat(queue.acknowledge(lost, TaskStatus.SUCCEEDED)).hasSize(1_500);
    assertThat(queue.acknowledge(kept, TaskStatus.SUCCEEDED)).isEmpty();
    assertThat(claim(2_000))
        .hasSize(1_500)
        .allSatisfy(task -> assertThat(task.attempts()).isZero());
  }

  @Test
  void anExtendedLeaseIsNotSwept() {
    queue.enqueue(JOB, List.of(1L, 2L));
    List<Task> tasks = queue.claim(2, SHORT, "node");
    List<Task> extended = tasks.subList(0, 1);
    assertThat(queue.extend(extended, LEASE)).isEqualTo(extended);
    awaitSwept(1);
    assertThat(queue.acknowledge(extended, TaskStatus.SUCCEEDED)).isEmpty();
  }

  @Test
  void aRevokedLeaseIsWorthlessBeforeAnybodyElseHasTheTask() {
    queue.enqueue(JOB, List.of(1L));
    List<Task> tasks = queue.claim(1, Duration.ZERO, "paused");
    assertThat(queue.lostLeases().revoke(Set.of(), Instant.EPOCH))
        .extracting(Task::token)
        .containsExactly(tasks.get(0).token());
    assertThat(queue.extend(tasks, LEASE)).isEmpty();
    assertThat(queue.acknowledge(tasks, TaskStatus.SUCCEEDED)).isEqualTo(tasks);
    assertThat(claim(1)).isEmpty();
    List<Task> again = queue.lostLeases().revoke(Set.of(), Instant.EPOCH);
    assertThat(again).as("a sweep that stopped half-way is taken up").isNotEmpty();
    assertThat(queue.lostLeases().sweep(again, Optional.empty())).isEqualTo(1);
    assertThat(queue.lostLeases().sweep(again, Optional.empty())).as("only once").isZero();
    assertThat(claim(1)).hasSize(1);
  }

  /** Nobody will extend it. */
  @Test
  void ofANodeThatIsGoneALeaseIsTakenBeforeItsEnd() {
    queue.enqueue(JOB, List.of(1L, 2L, 3L));
    List<Task> gone = queue.claim(1, LEASE, "gone");
    queue.claim(1, LEASE, "alive");
    List<Task> extended = queue.claim(1, LEASE, "gone");
    queue.extend(extended, LEASE.multipliedBy(3));
    Instant goneUntil = Instant.now().plus(LEASE.multipliedBy(2));
    assertThat(queue.lostLeases().revoke(Set.of("alive", "other"), goneUntil))
        .extracting(Task::token)
        .containsExactly(gone.get(0).token());
    assertThat(queue.acknowledge(gone, TaskStatus.SUCCEEDED)).isEqualTo(gone);
    assertThat(queue.lostLeases().revoke(Set.of("alive", "gone"), goneUntil))
        .as("not swept before the node came back, it is to be swept still")
        .extracting(Task::token)
        .containsExactly(gone.get(0).token());
    assertThat(queue.acknowledge(extended, TaskStatus.SUCCEEDED)).isEmpty();
  }

  /** Its lease is what a dead node may cost a task, not the length of the queue. */
  @Test
  void aSweptTaskComesBeforeThoseThatWait() {
    queue.enqueue(JOB, List.of(16L));
    queue.claim(1, Duration.ZERO, "dead");
    queue.enqueue(JOB, List.of(8L, 24L));
    sweep();
    assertThat(claim(1)).extracting(Task::itemId).containsExactly(16L);
  }

  @Test
  void onlyTheDeathsOfNodesThatAreGoneCount() {
    queue.enqueue(JOB, List.of(1L));
    for (String holder : List.of("dead-1", "alive", "dead-2")) {
      queue.claim(1, Duration.ZERO, holder);
      assertThat(sweep()).isEqualTo(1);
    }
    queue.claim(1, Duration.ZERO, "dead-3");
    queue.lostLeases().sweep(queue.lostLeases().revoke(Set.of(), Instant.EPOCH), Optional.empty());
    List<Task> task = claim(1);
    assertThat(task.get(0).deaths()).isEqualTo(2);
    queue.retryLater(now(task));
    assertThat(claim(1).get(0).deaths()).as("a failure does not undo them").isEqualTo(2);
  }

  @Test
  void aRetryIsDueAfterItsDelayAndCounted() {
    queue.enqueue(JOB, List.of(5L));
    for (int attempt = 0; attempt < 3; attempt++) {
      Task task = claim(1).get(0);
      assertThat(task.attempts()).isEqualTo(attempt);
      queue.retryLater(now(List.of(task)));
      assertThat(queue.status(5)).contains(TaskStatus.FAILED);
    }
    Task task = claim(1).get(0);
    long asked = System.nanoTime();
    queue.retryLater(Map.of(task, Duration.ofMillis(300)));
    assertThat(queue.counts()).isEqualTo(new QueueCounts(0, 1, 0));
    assertThat(queue.enqueue(JOB, List.of(5L))).as("waits already").isZero();
    await().pollInterval(Duration.ofMillis(5)).until(() -> !claim(1).isEmpty());
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThan(Duration.ofMillis(298));
  }

  @Test
  void aReleasedTaskHasNoAttemptMore() {
    queue.enqueue(JOB, List.of(5L));
    queue.release(now(claim(1)));
    assertThat(queue.status(5)).contains(TaskStatus.PENDING);
    queue.retryLater(now(claim(1)));
    queue.release(Map.of(claim(1).get(0), Duration.ofMillis(-5)));
    assertThat(queue.status(5)).as("it failed before").contains(TaskStatus.FAILED);
    assertThat(claim(1).get(0).attempts()).isEqualTo(1);
  }

  @Test
  void anItemEnqueuedWhileLeasedIsCollectedOnceMore() {
    queue.enqueue(JOB, List.of(5L, 6L));
    List<Task> tasks = claim(2);
    queue.retryLater(now(tasks));
    tasks = claim(2);
    assertThat(queue.enqueue(JOB, List.of(5L))).isZero();
    assertThat(queue.status(5)).contains(TaskStatus.RUNNING);

    queue.acknowledge(tasks, TaskStatus.SUCCEEDED);
    assertThat(queue.status(5)).contains(TaskStatus.PENDING);
    assertThat(queue.status(6)).contains(TaskStatus.SUCCEEDED);
    List<Task> again = claim(2);
    assertThat(ids(again)).containsExactly(5L);
    assertThat(again.get(0).attempts()).as("a fresh start").isZero();
    queue.acknowledge(again, TaskStatus.SUCCEEDED);
    assertThat(queue.counts()).as("and not a third time").isEqualTo(new QueueCounts(0, 0, 0));
  }

  @Test
  void puttingBackAddsOnlyWhatIsMissing() {
    queue.enqueue(JOB, List.of(5L, 6L, 7L));
    List<Task> tasks = claim(1);
    assertThat(queue.putBack(JOB, List.of(5L, 6L, 7L, 8L))).isEqualTo(1);
    queue.acknowledge(tasks, TaskStatus.SUCCEEDED);
    assertThat(queue.counts())
        .as("the leased one is not run again")
        .isEqualTo(new QueueCounts(3, 0, 0));
  }

  @Test
  void aQueueIsFilledUntilAnyShardIsLost() {
    assertThat(queue.review().isFilled()).isFalse();
    queue.review().fill(() -> queue.putBack(JOB, ids(0, 10)));
    assertThat(queue.review().isFilled()).isTrue();
    forgetShardOf(3L);
    assertThat(queue.review().isFilled()).isFalse();
    queue.review().fill(() -> forgetShardOf(2L));
    assertThat(queue.review().isFilled()).as("a loss while it is filled").isFalse();
  }

  @Test
  void aRetryAnswersWhatWasEnqueuedMeanwhile() {
    queue.enqueue(JOB, List.of(5L));
    List<Task> tasks = claim(1);
    queue.enqueue(JOB, List.of(5L));
    queue.retryLater(now(tasks));
    queue.acknowledge(claim(1), TaskStatus.SUCCEEDED);
    assertThat(queue.status(5)).contains(TaskStatus.SUCCEEDED);
    assertThat(queue.counts()).isEqualTo(new QueueCounts(0, 0, 0));
  }

  @ParameterizedTest
  @EnumSource(names = {"SUCCEEDED", "GONE", "DEAD"})
  void anEndedTaskKeepsItsStatusAndMayComeAgain(TaskStatus end) {
    assertThat(queue.status(5)).isEmpty();
    queue.enqueue(JOB, List.of(5L));
    assertThat(queue.status(5)).contains(TaskStatus.PENDING);
    queue.acknowledge(claim(1), end);
    assertThat(queue.status(5)).contains(end);
    assertThat(claim(1)).isEmpty();
    assertThat(queue.enqueue(JOB, List.of(5L))).isEqualTo(1);
    assertThat(queue.status(5)).contains(TaskStatus.PENDING);
  }

  @Test
  void aTaskCannotEndAsSomethingElseOrInAnotherQueue() {
    queue.enqueue(JOB, List.of(5L));
    List<Task> tasks = claim(1);
    assertThatThrownBy(() -> queue.acknowledge(tasks, TaskStatus.FAILED))
        .hasMessageContaining("not as failed");
    Task foreign = new Task("other", 5, tasks.get(0).token(), 0);
    assertThatThrownBy(() -> queue.acknowledge(List.of(foreign), TaskStatus.GONE))
        .hasMessageContaining("was handed");
  }

  @Test
  void aReviewSeesWhatIsDueAndWhatIsAbsent() {
    queue.enqueue(JOB, ids(0, 5_000));
    Task held = claim(1).get(0);
    Task later = claim(1).get(0);
    queue.retryLater(Map.of(later, Duration.ofHours(1)));
    QueueReview review = queue.review();
    assertThat(review.absent(List.of(held.itemId(), later.itemId(), 9L, 5_000L, 5_001L)))
        .containsExactlyInAnyOrder(5_000L, 5_001L);
    assertThat(review.countDue(List.of(held.itemId(), later.itemId(), 5_000L))).isEqualTo(1);
    List<Long> due = new ArrayList<>();
    review.forEachDue(
        chunk -> {
          assertThat(chunk).hasSizeBetween(1, QueueKeys.CHUNK);
          due.addAll(chunk);
        });
    List<Long> expected = new ArrayList<>(ids(0, 5_000));
    expected.remove(held.itemId());
    assertThat(due).containsOnlyOnceElementsOf(expected).hasSameSizeAs(expected);
  }

  @Test
  void onlyWhatIsDueIsDroppedAndItsAttemptsWithIt() {
    queue.enqueue(JOB, List.of(5L, 6L, 7L));
    Map<Long, Task> tasks = claim(3).stream().collect(toMap(Task::itemId, Function.identity()));
    queue.retryLater(Map.of(tasks.get(5L), Duration.ofHours(1), tasks.get(7L), Duration.ZERO));
    assertThat(queue.review().drop(List.of(5L, 6L, 8L), TaskStatus.GONE)).isEqualTo(1);
    assertThat(queue.status(5)).contains(TaskStatus.GONE);
    assertThat(queue.status(6)).contains(TaskStatus.RUNNING);
    assertThat(queue.status(8)).isEmpty();
    assertThat(queue.counts()).isEqualTo(new QueueCounts(1, 0, 1));
    queue.enqueue(JOB, List.of(5L));
    assertThat(claim(3)).extracting(Task::attempts).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void aHundredThousandIdsGoInAndOut() throws Exception {
    Collection<Long> all = ids(600_000_000_000L, 600_000_100_000L);
    assertThat(queue.enqueue(JOB, all)).isEqualTo(100_000);
    assertThat(queue.enqueue(JOB, all)).isZero();
    List<Task> claimed =
        inParallel(
            2,
            () -> {
              List<Task> mine = new ArrayList<>();
              for (List<Task> batch = claim(1_000); !batch.isEmpty(); batch = claim(1_000)) {
                assertThat(queue.acknowledge(batch, TaskStatus.SUCCEEDED)).isEmpty();
                mine.addAll(batch);
              }
              return mine;
            });
    assertThat(ids(claimed).stream().sorted().toList()).isEqualTo(all);
    assertThat(queue.counts()).isEqualTo(new QueueCounts(0, 0, 0));
  }

  private List<Task> claim(int max) {
    return queue.claim(max, LEASE, "node");
  }

  private void awaitSwept(long expected) {
    long[] swept = {0};
    await().pollInterval(Duration.ofMillis(10)).until(() -> (swept[0] += sweep()) == expected);
  }

  private long sweep() {
    return queue
        .lostLeases()
        .sweep(queue.lostLeases().revoke(Set.of(), Instant.EPOCH), Optional.of(Set.of("alive")));
  }

  private void forgetEverything() {
    LongStream.range(0, 4).forEach(this::forgetShardOf);
  }

  private void forgetShardOf(long itemId) {
    QueueKeys keys = new QueueKeys("tuodui", queue.source(), 4);
    List<String> shard = keys.ofItem(itemId);
    redis().delete(shard);
    redis().delete(keys.filled(shard));
  }

  private static List<Long> ids(long from, long end) {
    return LongStream.range(from, end).boxed().toList();
  }

  private static List<Long> ids(List<Task> tasks) {
    return tasks.stream().map(Task::itemId).toList();
  }

  private static Map<Task, Duration> now(List<Task> tasks) {
    return tasks.stream().collect(toMap(Function.identity(), task -> Duration.ZERO));
  }

  private static List<Task> inParallel(int workers, Callable<List<Task>> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      List<Future<List<Task>>> futures = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        futures.add(pool.submit(work));
      }
      List<Task> all = new ArrayList<>();
      for (Future<List<Task>> future : futures) {
        all.addAll(future.get());
      }
      return all;
    } finally {
      pool.shutdownNow();
    }
  }
}
