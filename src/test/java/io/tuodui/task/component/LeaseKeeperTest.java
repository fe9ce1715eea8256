package io.tuodui.task.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.tuodui.task.Task;
import io.tuodui.task.TaskQueue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.RedisSystemException;

/** What becomes of the leases of batches that are held, when not all goes well. */
class LeaseKeeperTest {
  private static final Duration LEASE = Duration.ofMillis(300);
  private static final List<List<Task>> BATCHES =
      LongStream.range(1, 9).mapToObj(id -> List.of(new Task("item-detail", id, 1, 0))).toList();

  private final TaskQueue queue = mock(TaskQueue.class);
  private final LeaseKeeper keeper = new LeaseKeeper(queue, LEASE);

  @AfterEach
  void stop() {
    keeper.stop();
  }

  @Test
  void aBatchThatNoThreadCameToTheEndOfIsGivenBackAtTheStop() {
    keeper.hold(BATCHES.get(0));
    keeper.hold(BATCHES.get(1));
    keeper.letGo(BATCHES.get(0));
    keeper.stop();
    verify(queue, never()).release(Map.of(BATCHES.get(0).get(0), Duration.ZERO));
    verify(queue).release(Map.of(BATCHES.get(1).get(0), Duration.ZERO));
  }

  @Test
  void anInterruptedThreadGivesItsBatchBackAndStaysInterrupted() {
    when(queue.release(any()))
        .thenAnswer(
            asked -> {
              assertThat(Thread.currentThread().isInterrupted()).isFalse();
              return List.of();
            });
    Thread.currentThread().interrupt();
    try {
      keeper.giveBack(BATCHES.get(0));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    verify(queue).release(Map.of(BATCHES.get(0).get(0), Duration.ZERO));
  }

  @Test
  void aBatchWhoseShardIsOutOfReachDoesNotKeepTheOthersFromTheirLeases() {
    when(queue.extend(any(), any()))
        .thenThrow(new RedisSystemException("MASTERDOWN", new IllegalStateException()));
    BATCHES.forEach(keeper::hold);
    keeper.start();
    for (List<Task> batch : BATCHES) {
      verify(queue, timeout(5_000).atLeastOnce()).extend(batch, LEASE);
    }
  }

  /** Else a connection that was lost for a moment would cost a third of the lease. */
  @Test
  void whatCouldNotBeExtendedIsExtendedSoonAgain() {
    Duration lease = Duration.ofSeconds(9);
    LeaseKeeper patient = new LeaseKeeper(queue, lease);
    when(queue.extend(any(), any()))
        .thenThrow(new RedisSystemException("not connected", new IllegalStateException()))
        .thenReturn(List.of());
    patient.hold(BATCHES.get(0));
    patient.start();
    try {
      verify(queue, timeout(5_000).times(2)).extend(BATCHES.get(0), lease);
    } finally {
      patient.stop();
    }
  }
}
