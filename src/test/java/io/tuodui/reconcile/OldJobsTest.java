package io.tuodui.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tuodui.NodeForTests;
import io.tuodui.SimulatedNode;
import io.tuodui.job.Receipts;
import io.tuodui.simulator.SimulatedItems;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Jobs that finished long ago are deleted, and nothing that is still wanted. */
@ExtendWith(SimulatedNode.class)
class OldJobsTest {
  private static final List<Long> IDS =
      SimulatedItems.ids(9_300).skip(9_220).filter(SimulatedItems::published).boxed().toList();
  private static final long ONCE = IDS.get(0);
  private static final long AGAIN = IDS.get(1);
  private static final long DEAD = IDS.get(2);
  private static final long TOKEN_OF_OLD = 1;
  private static final long TOKEN_OF_NEW = 2;

  private NodeForTests node;

  @BeforeEach
  void use(NodeForTests node) {
    this.node = node;
  }

  @Test
  void whatFinishedBeforeIsDeletedWithItsIdsAndTheirHistory() {
    long old = finishedLongAgo(ONCE, AGAIN);
    long undecided = finishedLongAgo(DEAD);
    node.sql().sql("UPDATE job_task SET state = 'dead' WHERE job_id = ?").param(undecided).update();
    node.sql()
        .sql(
            "INSERT INTO dead_letter (source, item_id, reply_class, attempts, died_at)"
                + " VALUES ('item-detail', ?, 'upstream', 36, UTC_TIMESTAMP(3))")
        .param(DEAD)
        .update();
    long kept = node.complete(node.submit(AGAIN)).job();
    tried(ONCE, TOKEN_OF_OLD, "INTERVAL 40 DAY");
    tried(AGAIN, TOKEN_OF_OLD, "INTERVAL 40 DAY");
    tried(AGAIN, TOKEN_OF_NEW, "INTERVAL 0 DAY");

    OldJobs oldJobs = node.bean(OldJobs.class);
    assertThat(oldJobs.deleteFinishedBefore(Instant.now().minus(Duration.ofDays(30)))).isEqualTo(1);

    assertThat(node.bean(Receipts.class).find(old)).isEmpty();
    assertThat(node.rows("SELECT 1 FROM job_task WHERE job_id = ?", old)).isEmpty();
    assertThat(node.rows("SELECT token FROM task_attempt WHERE item_id IN (?, ?)", ONCE, AGAIN))
        .as("the history of the job that is kept")
        .extracting(row -> row.get("token"))
        .containsExactly(TOKEN_OF_NEW);
    assertThat(node.rows("SELECT 1 FROM item WHERE item_id IN (?, ?)", ONCE, AGAIN)).hasSize(2);
    assertThat(node.receipt(kept).accepted()).isEqualTo(1);
    assertThat(node.receipt(undecided).dead()).as("may be replayed").isEqualTo(1);

    node.sql()
        .sql("UPDATE dead_letter SET status = 'discarded' WHERE item_id = ?")
        .param(DEAD)
        .update();
    oldJobs.deleteFinishedBefore(Instant.now().minus(Duration.ofDays(30)));
    assertThat(node.bean(Receipts.class).find(undecided)).isEmpty();
  }

  private long finishedLongAgo(long... ids) {
    long job = node.complete(node.submit(ids)).job();
    node.sql()
        .sql(
            "UPDATE job SET started_at = UTC_TIMESTAMP(3) - INTERVAL 41 DAY,"
                + " finished_at = UTC_TIMESTAMP(3) - INTERVAL 40 DAY WHERE job_id = ?")
        .param(job)
        .update();
    return job;
  }

  private void tried(long item, long token, String ago) {
    node.sql()
        .sql(
            "INSERT INTO task_attempt (item_id, source, token, attempt, at, calls, reply_class)"
                + " VALUES (?, 'item-detail', ?, 1, UTC_TIMESTAMP(3) - "
                + ago
                + ", 1, 'upstream')")
        .params(item, token)
        .update();
  }
}
