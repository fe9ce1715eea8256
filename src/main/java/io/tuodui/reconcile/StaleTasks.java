package io.tuodui.reconcile;

import io.tuodui.job.Ledger;
import io.tuodui.job.LedgerTask;
import io.tuodui.task.QueueReview;
import io.tuodui.task.TaskQueue;
import io.tuodui.task.TaskStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Finds ids that are due in the queue although no job waits for them, and drops them.
 *
 * <p>What is wanted is safe from it. Only what is due is dropped; what is leased, now or by the
 * time of the drop, is its holder's, who asks the ledger before a call. A submission that opens an
 * id between the look at the ledger and the drop finds it due, and its own queueing changes
 * nothing; so the ledger is asked again after the drop, and what is open then is put back. A
 * submission that commits later than that queues the id later still, hence after the drop. A crash
 * between the drop and the second look leaves an open id that the queue lacks, which {@link
 * LostTasks} finds the next time.
 */
@Component
public final class StaleTasks {
  private final Ledger ledger;
  private final TaskQueue queue;

  StaleTasks(Ledger ledger, TaskQueue queue) {
    this.ledger = ledger;
    this.queue = queue;
  }

  void repair(Tally tally) {
    queue.review().forEachDue(due -> repair(due, tally));
  }

  private void repair(List<Long> due, Tally tally) {
    Map<Long, String> states = ledger.states(queue.source(), due);
    tally.due += due.size();
    tally.unknown += due.stream().filter(id -> !states.containsKey(id)).count();
    Map<TaskStatus, List<Long>> ended = new EnumMap<>(TaskStatus.class);
    states.forEach(
        (id, state) -> {
          if (!state.equals(LedgerTask.OPEN)) {
            ended.computeIfAbsent(TaskStatus.ofLedger(state), any -> new ArrayList<>()).add(id);
          }
        });
    ended.forEach((end, ids) -> drop(ids, end, tally));
  }

  private void drop(List<Long> ids, TaskStatus end, Tally tally) {
    QueueReview review = queue.review();
    if (tally.dryRun) {
      tally.dropped += review.countDue(ids);
      return;
    }
    tally.dropped += review.drop(ids, end);
    tally.dropped -= queue.putBack(ledger.open(queue.source(), ids));
  }
}
