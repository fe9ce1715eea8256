package io.tuodui.task;

import io.tuodui.task.QueueUnderTest.Worker;
import java.util.List;
import java.util.Set;
import net.jqwik.api.state.Transformer;

/**
 * Something that is done to a queue; its text form is what a counterexample shows. Times are in ms.
 * What a worker does concerns those of the items that it remembers.
 */
sealed interface QueueStep extends Transformer<QueueUnderTest> {

  void on(QueueUnderTest queue);

  @Override
  default QueueUnderTest apply(QueueUnderTest queue) {
    on(queue);
    return queue;
  }

  @Override
  default String transformation() {
    return toString();
  }

  record Enqueue(Share share, List<Long> items) implements QueueStep {
    @Override
    public void on(QueueUnderTest queue) {
      queue.submit(share, items, true);
    }
  }

  record PutBack(Share share, List<Long> items) implements QueueStep {
    @Override
    public void on(QueueUnderTest queue) {
      queue.submit(share, items, false);
    }
  }

  record Move(Share share, List<Long> items) implements QueueStep {
    @Override
    public void on(QueueUnderTest queue) {
      queue.move(share, items);
    }
  }

  record Claim(Worker worker, int max, long lease) implements QueueStep {
    @Override
    public void on(QueueUnderTest queue) {
      queue.claim(worker, max, lease);
    }
  }

  record Extend(Worker worker, List<Long> items, long lease) implements QueueStep {
    @Override
    public void on(QueueUnderTest queue) {
      queue.extend(worker, items, lease);
    }
  }

  record Acknowledge(Worker worker, List<Long> items, TaskStatus end) implements QueueStep {
    @Override
    public void on(QueueUnderTest queue) {
      queue.end(worker, items, end);
    }
  }

  record RetryLater(Worker worker, List<Long> items, long delay) implements QueueStep {
    @Override
    public void on(QueueUnderTest queue) {
      queue.giveBack(worker, items, delay, true);
    }
  }

  record Release(Worker worker, List<Long> items, long delay) implements QueueStep {
    @Override
    public void on(QueueUnderTest queue) {
      queue.giveBack(worker, items, delay, false);
    }
  }

  record Sweep(Set<Worker> alive) implements QueueStep {
    @Override
    public void on(QueueUnderTest queue) {
      queue.sweep(alive);
    }
  }

  record Crash(Worker worker) implements QueueStep {
    @Override
    public void on(QueueUnderTest queue) {
      queue.crash(worker);
    }
  }

  record LetTimePass() implements QueueStep {
    @Override
    public void on(QueueUnderTest queue) {
      queue.letTimePass();
    }
  }

  record LoseShardOf(long item) implements QueueStep {
    @Override
    public void on(QueueUnderTest queue) {
      queue.loseShardOf(item);
    }
  }
}
