package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import io.micrometer.core.instrument.MeterRegistry;
import io.tuodui.NodeForTests;
import io.tuodui.SimulatedNode;
import io.tuodui.job.Ledger;
import io.tuodui.job.LedgerTask;
import io.tuodui.job.Receipt;
import io.tuodui.reconcile.OldStatuses;
import io.tuodui.reconcile.Reconciled;
import io.tuodui.reconcile.Reconciliation;
import io.tuodui.simulator.SimulatedItems;
import io.tuodui.simulator.Simulator;
import io.tuodui.simulator.SimulatorOptions;
import io.tuodui.task.TaskQueue;
import io.tuodui.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.camel.CamelContext;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * The stores are broken on purpose, on a node of the test's own, whose collecting is held up
 * between the break and the repair, so that the counts are exact.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReconciliationTest {
  private static final String NEVER = "0 0 0 1 1 ? 2090";
  private static final int SHARDS = 8;

  private final Deque<Long> ids =
      new ArrayDeque<>(
          SimulatedItems.ids(2_000).filter(SimulatedItems::published).boxed().toList());
  private Simulator simulator;
  private NodeForTests node;
  private Reconciliation reconciliation;

  @BeforeAll
  void start() {
    simulator = Simulator.start(SimulatorOptions.plain(SimulatedNode.ACCOUNTS.size()));
    node =
        NodeForTests.start(
            simulator.baseUrl(),
            SimulatedNode.ACCOUNTS,
            Map.of("tuodui.schedule.reconcile", NEVER, "tuodui.inbox.enabled", false));
    reconciliation = node.bean(Reconciliation.class);
  }

  @AfterAll
  void stop() {
    node.close();
    simulator.close();
  }

  private long[] next(int count) {
    return LongStream.generate(ids::pop).limit(count).toArray();
  }

  private void holdCollecting() throws Exception {
    node.bean(CamelContext.class).getRouteController().suspendRoute("collect-items");
    Awaitility.await().until(() -> node.bean(TaskQueue.class).counts().leased() == 0);
  }

  private void goOn() throws Exception {
    node.bean(CamelContext.class).getRouteController().resumeRoute("collect-items");
  }

  private String key(long id, String kind) {
    return node.setting("tuodui.queue.prefix") + ":{item-detail:" + id % SHARDS + "}:" + kind;
  }

  private StringRedisTemplate redis() {
    return node.bean(StringRedisTemplate.class);
  }

  private boolean isDue(long id) {
    return redis().opsForZSet().score(key(id, "due"), Long.toString(id)) != null;
  }

  private MongoCollection<Document> replies() {
    return node.bean(MongoClient.class)
        .getDatabase(node.setting("tuodui.mongodb.database"))
        .getCollection("raw_reply");
  }

  private long itemRows(long id) {
    return (long) node.rows("SELECT COUNT(*) AS n FROM item WHERE item_id = ?", id).get(0).get("n");
  }

  private double counted(String kind) {
    return node.bean(MeterRegistry.class)
        .get("tuodui.reconcile.repairs")
        .tag("kind", kind)
        .counter()
        .count();
  }

  @Test
  void whatAgreesIsLeftAlone() throws Exception {
    node.complete(node.submit(next(30)));
    holdCollecting();
    long waiting = node.submit(next(20));

    Reconciled result = reconciliation.run(true, false);

    assertThat(result.open()).isEqualTo(20);
    assertThat(result.due()).isEqualTo(20);
    assertThat(result.succeeded()).isGreaterThanOrEqualTo(30);
    assertThat(result.putBack() + result.dropped() + result.unknown() + result.reopened()).isZero();
    goOn();
    assertThat(node.complete(waiting).succeeded()).isEqualTo(20);
  }

  @Test
  void whatTheQueueLostIsPutBack() throws Exception {
    holdCollecting();
    long[] lost = next(25);
    long job = node.submit(lost);
    for (int i = 0; i < 3; i++) {
      redis().opsForZSet().remove(key(lost[i], "due"), Long.toString(lost[i]));
    }
    double before = counted("put-back");

    assertThat(reconciliation.run(false, true).putBack()).isEqualTo(3);
    assertThat(isDue(lost[0])).as("a dry run changes nothing").isFalse();
    assertThat(reconciliation.turn().putBack()).isEqualTo(3);
    assertThat(isDue(lost[0])).isTrue();
    assertThat(reconciliation.turn().putBack()).isZero();
    assertThat(counted("put-back") - before).isEqualTo(3);

    goOn();
    assertThat(node.complete(job).succeeded()).isEqualTo(25);
  }

  @Test
  void whatEndedIsDroppedFromTheQueueUnlessItIsLeased() throws Exception {
    long[] ended = next(3);
    node.complete(node.submit(ended));
    holdCollecting();
    long later = Instant.now().plus(Duration.ofHours(1)).toEpochMilli();
    redis().opsForZSet().add(key(ended[0], "due"), Long.toString(ended[0]), later);
    redis().opsForHash().put(key(ended[0], "status"), Long.toString(ended[0]), "failed");
    redis().opsForZSet().add(key(ended[1], "leased"), Long.toString(ended[1]), later);
    long stranger = ids.pop();
    redis().opsForZSet().add(key(stranger, "due"), Long.toString(stranger), later);
    double before = counted("dropped");

    Reconciled dry = reconciliation.run(false, true);
    assertThat(dry.dropped()).isEqualTo(1);
    assertThat(isDue(ended[0])).as("a dry run changes nothing").isTrue();
    Reconciled result = reconciliation.turn();

    assertThat(result.dropped()).isEqualTo(1);
    assertThat(result.unknown()).isEqualTo(1);
    assertThat(isDue(ended[0])).isFalse();
    assertThat(node.bean(TaskQueue.class).status(ended[0])).contains(TaskStatus.SUCCEEDED);
    assertThat(redis().opsForZSet().score(key(ended[1], "leased"), Long.toString(ended[1])))
        .isNotNull();
    assertThat(isDue(stranger)).as("no job has it: left alone").isTrue();
    assertThat(counted("dropped") - before).isEqualTo(1);

    redis().opsForZSet().remove(key(ended[1], "leased"), Long.toString(ended[1]));
    redis().opsForZSet().remove(key(stranger, "due"), Long.toString(stranger));
    goOn();
  }

  @Test
  void whatSucceededWithoutARowOrAReplyIsCollectedAgain() throws Exception {
    long[] stored = next(10);
    long job = node.submit(stored);
    Receipt complete = node.complete(job);
    holdCollecting();
    node.sql().sql("DELETE FROM item WHERE item_id = ?").param(stored[0]).update();
    replies().deleteOne(Filters.eq("_id", "item-detail:" + stored[1]));
    double before = counted("reopened");

    assertThat(reconciliation.run(false, true).reopened()).isEqualTo(2);
    assertThat(node.receipt(job).complete()).as("a dry run changes nothing").isTrue();
    Reconciled result = reconciliation.turn();

    assertThat(result.reopened()).isEqualTo(2);
    assertThat(result.reopenedJobs()).isEqualTo(1);
    assertThat(counted("reopened") - before).isEqualTo(2);
    assertThat(node.receipt(job).open()).isEqualTo(2);
    assertThat(node.receipt(job).complete()).isFalse();
    assertThat(node.receipt(job).finishedAt()).isNull();
    assertThat(isDue(stored[0])).isTrue();
    assertThat(isDue(stored[1])).isTrue();

    goOn();
    assertThat(node.complete(job).calls()).isEqualTo(complete.calls() + 2);
    assertThat(itemRows(stored[0])).isEqualTo(1);
    assertThat(replies().countDocuments(Filters.eq("_id", "item-detail:" + stored[1]))).isOne();
    assertThat(reconciliation.run(true, true).reopened()).isZero();
  }

  @Test
  void jobsThatFinishedLongAgoAreLookedThroughOnDemandOnly() throws Exception {
    long[] stored = next(2);
    long job = node.submit(stored);
    node.complete(job);
    holdCollecting();
    node.sql()
        .sql("UPDATE job SET finished_at = finished_at - INTERVAL 3 DAY WHERE job_id = ?")
        .param(job)
        .update();
    node.sql().sql("DELETE FROM item WHERE item_id = ?").param(stored[0]).update();

    assertThat(reconciliation.run(false, false).reopened()).isZero();
    assertThat(reconciliation.run(true, false).reopened()).isEqualTo(1);

    goOn();
    node.complete(job);
    assertThat(itemRows(stored[0])).isEqualTo(1);
  }

  @Test
  void whatEndedLongAgoIsForgottenInRedisUnlessItIsWantedAgain() throws Exception {
    long[] ended = next(3);
    node.complete(node.submit(ended));
    long old = ended[0];
    long oldAndWanted = ended[1];
    node.sql()
        .sql("UPDATE job_task SET closed_at = closed_at - INTERVAL 8 DAY WHERE item_id IN (?, ?)")
        .params(old, oldAndWanted)
        .update();
    holdCollecting();
    long again = node.submit(oldAndWanted);
    redis().opsForHash().put(key(17, "status"), "17", "dead");
    redis().opsForHash().put(key(18, "status"), "18", "paused");

    node.bean(OldStatuses.class).forget();

    TaskQueue queue = node.bean(TaskQueue.class);
    assertThat(queue.status(old)).isEmpty();
    assertThat(queue.status(17)).as("no job has it").isEmpty();
    assertThat(queue.status(18)).as("no job has it, paused or not").isEmpty();
    assertThat(queue.status(oldAndWanted)).contains(TaskStatus.PENDING);
    assertThat(queue.status(ended[2])).contains(TaskStatus.SUCCEEDED);
    goOn();
    node.complete(again);
  }

  /** As another node does that opened the same id, had it collected and closed it again. */
  @Test
  void anIdThatWasClosedAnewSinceItWasReadStaysClosed() {
    long[] stored = next(2);
    long job = node.submit(stored);
    node.complete(job);
    Ledger ledger = node.bean(Ledger.class);
    List<LedgerTask> read = ledger.tasks(job, 0, 10);
    node.sql()
        .sql(
            "UPDATE job_task SET closed_at = closed_at + INTERVAL 1 SECOND WHERE job_id = ? AND"
                + " item_id = ?")
        .params(job, stored[0])
        .update();

    assertThat(ledger.reopen(job, read)).isEqualTo(1);

    assertThat(ledger.tasks(job, List.of(stored[0])).get(stored[0]).state()).isEqualTo("succeeded");
    assertThat(ledger.tasks(job, List.of(stored[1])).get(stored[1]).state()).isEqualTo("open");
    // What a crash right now would leave: an open id in a finished job
    assertThat(reconciliation.turn().putBack()).isEqualTo(1);
    node.complete(job);
  }
}
