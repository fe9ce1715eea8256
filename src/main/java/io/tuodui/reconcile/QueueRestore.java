package io.tuodui.reconcile;

import io.tuodui.task.TaskQueue;
import org.springframework.stereotype.Component;

/**
 * Looks for {@link LostTasks} at once where {@link Reconciliation} would do so at its next turn:
 * after a crash between the ledger and the queue, and after Redis was lost.
 */
@Component
public class QueueRestore {
  private final LostTasks lostTasks;
  private final Repairs repairs;
  private final TaskQueue queue;
  private boolean restoredSinceStart;

  QueueRestore(LostTasks lostTasks, Repairs repairs, TaskQueue queue) {
    this.lostTasks = lostTasks;
    this.repairs = repairs;
    this.queue = queue;
  }

  /** Does so when this node has just started, or Redis has lost a part of the queue. */
  public synchronized void restoreIfLost() {
    boolean filled = queue.review().isFilled();
    if (filled && restoredSinceStart) {
      return;
    }
    Tally tally = new Tally(false);
    if (filled) {
      // Marked as being filled, it would have all other nodes fill it too.
      lostTasks.repair(tally);
    } else {
      queue.review().fill(() -> lostTasks.repair(tally));
    }
    repairs.tell(tally.result());
    restoredSinceStart = true;
  }
}
