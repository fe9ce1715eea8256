package io.tuodui.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tuodui.job.Job;
import io.tuodui.job.JobRepository;
import io.tuodui.job.Ledger;
import io.tuodui.job.LedgerTask;
import io.tuodui.redis.RedisForTests;
import io.tuodui.store.Evidence;
import io.tuodui.store.StoredEvidence;
import io.tuodui.task.Priority;
import io.tuodui.task.QueueCounts;
import io.tuodui.task.Share;
import io.tuodui.task.Task;
import io.tuodui.task.TaskQueue;
import io.tuodui.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens between two steps of a repair, on a real queue and a ledger that moves on. */
class RacesTest {
  private static final Share JOB = new Share(1, Priority.NORMAL);
  private static final long ID = 520_000_000_325L;
  private static final Duration LEASE = Duration.ofMinutes(1);

  private final Ledger ledger = mock(Ledger.class);
  private final Tally tally = new Tally(false);
  private TaskQueue queue;

  @BeforeEach
  void anEmptyQueue() {
    queue = new TaskQueue("test-" + UUID.randomUUID(), 4, "tuodui", RedisForTests.standalone());
  }

  private void ledgerSaysOpen(boolean open) {
    when(ledger.open(any(), any())).thenReturn(open ? Map.of(JOB, List.of(ID)) : Map.of());
  }

  private void repairLostTasksAfterReadingItAsOpen() {
    JobRepository jobs = mock(JobRepository.class);
    doAnswer(
            call -> {
              BiConsumer<Share, List<Long>> consumer = call.getArgument(2);
              consumer.accept(JOB, List.of(ID));
              return null;
            })
        .when(jobs)
        .forEachOpen(any(), anyInt(), any());
    new LostTasks(jobs, ledger, queue).repair(tally);
  }

  @Test
  void aTaskThatWasSettledSinceTheLedgerWasReadIsNotPutBack() {
    ledgerSaysOpen(false);
    repairLostTasksAfterReadingItAsOpen();
    assertThat(tally.putBack).isZero();
    assertThat(queue.counts()).isEqualTo(new QueueCounts(0, 0, 0));
  }

  /** Else every start of a node would have all others compare the whole ledger with Redis. */
  @Test
  void aStartLooksForLostTasksWithoutHavingTheOtherNodesDoSo() {
    queue.review().fill(() -> {});
    LostTasks lost = mock(LostTasks.class);
    List<Boolean> filledMeanwhile = new ArrayList<>();
    doAnswer(repair -> filledMeanwhile.add(queue.review().isFilled())).when(lost).repair(any());
    QueueRestore restore = new QueueRestore(lost, new Repairs(new SimpleMeterRegistry()), queue);
    restore.restoreIfLost();
    restore.restoreIfLost();
    assertThat(filledMeanwhile).as("once, and the others see nothing").containsExactly(true);
  }

  @Test
  void aTaskInFlightIsNotPutBack() {
    queue.enqueue(JOB, List.of(ID));
    queue.claim(1, LEASE, "a");
    ledgerSaysOpen(true);
    repairLostTasksAfterReadingItAsOpen();
    assertThat(tally.putBack).isZero();
    assertThat(queue.counts()).isEqualTo(new QueueCounts(0, 0, 1));
  }

  @Test
  void anIdSubmittedBetweenTheLookAndTheDropIsPutBack() {
    queue.enqueue(JOB, List.of(ID));
    when(ledger.states(any(), any())).thenReturn(Map.of(ID, "succeeded"));
    ledgerSaysOpen(true);
    new StaleTasks(ledger, queue).repair(tally);
    assertThat(tally.dropped).isZero();
    assertThat(queue.counts()).isEqualTo(new QueueCounts(1, 0, 0));
    assertThat(queue.status(ID)).contains(TaskStatus.PENDING);
  }

  @Test
  void aTaskThatIsClaimedBetweenTheLookAndTheDropIsItsHolders() {
    queue.enqueue(JOB, List.of(ID));
    ledgerSaysOpen(false);
    when(ledger.states(any(), any()))
        .thenAnswer(
            call -> {
              queue.claim(1, LEASE, "a");
              return Map.of(ID, "succeeded");
            });
    new StaleTasks(ledger, queue).repair(tally);
    assertThat(tally.dropped).isZero();
    assertThat(queue.counts()).isEqualTo(new QueueCounts(0, 0, 1));
    assertThat(queue.status(ID)).contains(TaskStatus.RUNNING);
  }

  /** Its holder told the ledger before the id was opened again, and ends the task afterwards. */
  @Test
  void anIdThatIsOpenedAgainWhileANodeHoldsItIsCalledForAfterwards() {
    queue.enqueue(JOB, List.of(ID));
    List<Task> held = queue.claim(1, LEASE, "a");
    LedgerTask succeeded =
        new LedgerTask(
            ID, LedgerTask.SUCCEEDED, 1, 0, 1, "a", null, Instant.EPOCH, LedgerTask.CALL);
    when(ledger.tasks(1, 0, 1_000)).thenReturn(List.of(succeeded));
    when(ledger.tasks(1, ID, 1_000)).thenReturn(List.of());
    when(ledger.reopen(1, List.of(succeeded))).thenReturn(1);
    ledgerSaysOpen(true);
    StoredEvidence stored = mock(StoredEvidence.class);
    when(stored.of(any(), any())).thenReturn(Map.of(ID, Evidence.NONE));

    boolean whole =
        new LostItems(ledger, stored, queue)
            .repair(
                new Job(1, queue.source(), "ids.txt", Job.FINISHED, Priority.NORMAL, null), tally);
    queue.acknowledge(held, TaskStatus.SUCCEEDED);

    assertThat(whole).isFalse();
    assertThat(tally.reopened).isEqualTo(1);
    assertThat(queue.counts()).isEqualTo(new QueueCounts(1, 0, 0));
  }
}
