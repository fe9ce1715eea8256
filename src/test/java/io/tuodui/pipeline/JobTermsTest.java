package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tuodui.NodeForTests;
import io.tuodui.audit.CheckResult;
import io.tuodui.audit.ReceiptCheck;
import io.tuodui.audit.ReceiptFile;
import io.tuodui.audit.ReceiptWriter;
import io.tuodui.control.JobControl;
import io.tuodui.embedded.ServersForTests;
import io.tuodui.job.Receipt;
import io.tuodui.reconcile.Reconciliation;
import io.tuodui.simulator.Faults;
import io.tuodui.simulator.SimulatedAccounts;
import io.tuodui.simulator.SimulatedItems;
import io.tuodui.simulator.Simulator;
import io.tuodui.simulator.SimulatorOptions;
import io.tuodui.task.Priority;
import io.tuodui.task.TaskQueue;
import io.tuodui.task.TaskStatus;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Jobs beside each other, and what they ask for: priority, a deadline, items that are fresh. */
class JobTermsTest {
  private static final int ACCOUNTS = 4;
  private static final int PER_SECOND = 50;

  private static Simulator simulator;
  private static NodeForTests node;
  private static JobControl control;
  private static long used;

  @BeforeAll
  static void start() {
    simulator =
        Simulator.start(
            new SimulatorOptions(
                0,
                ACCOUNTS,
                2 * PER_SECOND,
                0,
                Duration.ofMillis(10),
                Duration.ZERO,
                Faults.NONE,
                1));
    node =
        NodeForTests.start(
            simulator.baseUrl(),
            SimulatedAccounts.accounts(ACCOUNTS, PER_SECOND, 0),
            Map.of(
                // A database of its own, to be emptied
                "spring.data.redis.url",
                ServersForTests.redisUri() + "/8",
                "tuodui.inbox.enabled",
                false,
                "tuodui.intake.max-age",
                "1h"));
    control = node.bean(JobControl.class);
  }

  @AfterAll
  static void stop() {
    node.close();
    simulator.close();
  }

  /** Ids that no other test has. */
  private static List<String> ids(int count) {
    used += count;
    return SimulatedItems.ids((int) used).skip(used - count).mapToObj(Long::toString).toList();
  }

  /** Calls of an earlier test's last batch are none of this one's. */
  @BeforeEach
  void whenNothingIsInFlight() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> node.bean(TaskQueue.class).counts().leased() == 0);
  }

  private static long calls() {
    return simulator.stats().totals().calls();
  }

  private static double done(long job) {
    Receipt receipt = node.receipt(job);
    return 1 - (double) receipt.open() / receipt.accepted();
  }

  /** A job is finished up to a second later, in which another would go on. */
  private static void awaitExplained(long job) {
    await().atMost(Duration.ofSeconds(40)).until(() -> node.receipt(job).open() == 0);
  }

  private static void whileNothingIsClaimed(Runnable work) throws Exception {
    CamelContext camel = node.bean(CamelContext.class);
    camel.getRouteController().suspendRoute("collect-items");
    try {
      work.run();
    } finally {
      camel.getRouteController().resumeRoute("collect-items");
    }
  }

  @Test
  void aSmallJobIsDoneWhileALargeOneHasHardlyBegunAlsoAfterALossOfRedis() {
    long large = node.submit(ids(20_000));
    long small = node.submit(ids(100));
    awaitExplained(small);
    assertThat(done(large)).isBetween(0.001, 0.1);

    control.prioritise(large, Priority.LOW);
    long other = node.submit(ids(1_000));
    control.prioritise(other, Priority.HIGH);
    node.bean(StringRedisTemplate.class)
        .execute(
            (RedisCallback<Void>)
                redis -> {
                  redis.serverCommands().flushDb();
                  return null;
                });
    double before = done(large);
    awaitExplained(other);
    assertThat(done(large) - before)
        .as("an eighth of the other's calls, and what was in flight")
        .isBetween(0.001, 0.035);
    control.cancel(large);
  }

  @Test
  void anUrgentJobOvertakesAndTheOtherGoesOn() {
    long patient = node.submit(ids(1_000));
    control.prioritise(patient, Priority.LOW);
    long urgent = node.submit(ids(600));
    control.prioritise(urgent, Priority.HIGH);
    awaitExplained(urgent);
    assertThat(done(patient)).as("far from equal shares").isBetween(0.03, 0.4);
    control.prioritise(patient, Priority.HIGH);
    assertThat(node.complete(patient).cancelled()).isZero();
  }

  @Test
  void anIdThatThreeJobsWantIsOneCallAndThreeResults() throws Exception {
    List<String> ids = ids(60);
    long before = calls();
    long[] jobs = new long[3];
    whileNothingIsClaimed(
        () -> {
          jobs[0] = node.submit(ids);
          jobs[1] = node.submit(ids.subList(0, 40));
          jobs[2] = node.submit(ids.subList(20, 60));
        });
    Receipt second = node.complete(jobs[1]);
    Receipt third = node.complete(jobs[2]);
    Receipt first = node.complete(jobs[0]);
    assertThat(calls() - before).isEqualTo(60);
    assertThat(List.of(first, second, third))
        .extracting(Receipt::calls)
        .as("of the oldest job")
        .containsExactly(60L, 0L, 0L);
    assertThat(List.of(first, second, third))
        .extracting(Receipt::shared)
        .containsExactly(0L, 40L, 40L);
    assertThat(first.succeeded() + first.gone()).isEqualTo(60);
    for (long job : jobs) {
      assertHolds(job);
    }
  }

  @Test
  void whatIsFreshIsExplainedWithoutACall() throws Exception {
    List<String> ids = ids(200);
    Receipt called = node.complete(node.submit(ids));
    assertThat(called.gone()).as("some have no row to tell of it").isPositive();
    node.sql().sql("UPDATE item SET status = '' WHERE status = 'published' LIMIT 5").update();
    long before = calls();
    Receipt fresh = node.complete(node.submit(ids));
    assertThat(calls()).isEqualTo(before);
    assertThat(fresh.fresh()).isEqualTo(200);
    assertThat(fresh.calls()).isZero();
    assertThat(fresh.succeeded()).isEqualTo(called.succeeded());
    assertThat(fresh.gone()).isEqualTo(called.gone());
    assertHolds(fresh.job());
    assertThat(node.bean(Reconciliation.class).run(true, true).reopened()).isZero();

    List<String> old = ids.subList(0, 100);
    age(old, Duration.ofMinutes(61));
    age(ids.subList(100, 200), Duration.ofMinutes(59));
    Receipt partly = node.complete(node.submit(ids));
    assertThat(partly.fresh()).isEqualTo(100);
    assertThat(calls() - before).isEqualTo(partly.calls()).isEqualTo(100);
    assertThat(partly.succeeded()).isEqualTo(called.succeeded());
    assertThat(partly.gone()).isEqualTo(called.gone());
  }

  private static void age(List<String> ids, Duration age) {
    String in = String.join(",", ids);
    long seconds = age.toSeconds();
    node.sql()
        .sql(
            "UPDATE item SET fetched_at = UTC_TIMESTAMP(3) - INTERVAL %d SECOND WHERE item_id IN (%s)"
                .formatted(seconds, in))
        .update();
    node.sql()
        .sql(
            ("UPDATE job_task SET closed_at = UTC_TIMESTAMP(3) - INTERVAL %d SECOND"
                    + " WHERE answered = 'call' AND item_id IN (%s)")
                .formatted(seconds, in))
        .update();
  }

  @Test
  void afterTheDeadlineNoCallIsMadeAndAnotherJobKeepsItsIds() throws Exception {
    List<String> ids = ids(2_000);
    long before = calls();
    long[] jobs = new long[2];
    whileNothingIsClaimed(
        () -> {
          jobs[0] = node.submit(ids);
          jobs[1] = node.submit(ids.subList(1_900, 2_000));
        });
    await().until(() -> calls() - before > 100);
    node.sql()
        .sql("UPDATE job SET deadline = UTC_TIMESTAMP(3) + INTERVAL 1 SECOND WHERE job_id = ?")
        .param(jobs[0])
        .update();
    Receipt late = node.complete(jobs[0]);
    assertThat(late.expired()).isEqualTo(late.cancelled()).isBetween(500L, 1_990L);
    Receipt other = node.complete(jobs[1]);
    assertThat(other.cancelled()).isZero();
    assertThat(calls() - before)
        .as("what either job has to show")
        .isEqualTo(late.calls() + other.calls())
        .isLessThan(2_000);
    assertHolds(jobs[0]);
    TaskQueue queue = node.bean(TaskQueue.class);
    await()
        .untilAsserted(
            () ->
                assertThat(ids)
                    .extracting(id -> queue.status(Long.parseLong(id)).orElseThrow())
                    .allMatch(TaskStatus::isEnd));
  }

  private static void assertHolds(long job) throws Exception {
    Path file = Files.createTempFile(Path.of("target"), "receipt", ".jsonl");
    try (OutputStream out = Files.newOutputStream(file)) {
      node.bean(ReceiptWriter.class).write(job, out);
    }
    try (ReceiptFile receipt = ReceiptFile.open(file)) {
      CheckResult result = node.bean(ReceiptCheck.class).check(receipt, 10);
      assertThat(result.first()).isEmpty();
    }
  }
}
