package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tuodui.NodeForTests;
import io.tuodui.config.UserError;
import io.tuodui.control.JobControl;
import io.tuodui.control.JobSummary;
import io.tuodui.job.Receipt;
import io.tuodui.simulator.Faults;
import io.tuodui.simulator.SimulatedAccounts;
import io.tuodui.simulator.SimulatedItems;
import io.tuodui.simulator.Simulator;
import io.tuodui.simulator.SimulatorOptions;
import io.tuodui.task.TaskPlace;
import io.tuodui.task.TaskQueue;
import io.tuodui.task.TaskStatus;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a person decides about a job in the middle of it. */
class JobControlTest {
  private static final int IDS = 120;
  private static final Duration QUIET = Duration.ofSeconds(2);

  private static Simulator simulator;
  private static NodeForTests node;
  private static JobControl control;
  private static int used;

  @BeforeAll
  static void start() {
    simulator =
        Simulator.start(
            new SimulatorOptions(
                0, 2, 30, 0, Duration.ofMillis(20), Duration.ZERO, Faults.NONE, 1));
    node =
        NodeForTests.start(
            simulator.baseUrl(),
            SimulatedAccounts.accounts(2, 20, 0),
            Map.of("tuodui.inbox.enabled", false, "tuodui.collect.batch-size", 5));
    control = node.bean(JobControl.class);
  }

  @AfterAll
  static void stop() {
    node.close();
    simulator.close();
  }

  private static List<String> ids() {
    used += IDS;
    return SimulatedItems.ids(used).skip(used - IDS).mapToObj(Long::toString).toList();
  }

  private static long calls() {
    return simulator.stats().totals().calls();
  }

  private static void awaitSome(long before) {
    await().until(() -> calls() - before > IDS / 6);
  }

  /** Until what was in flight is done and no call follows. */
  private static void awaitQuiet() {
    long[] last = {calls(), System.nanoTime()};
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              if (calls() != last[0]) {
                last[0] = calls();
                last[1] = System.nanoTime();
              }
              return System.nanoTime() - last[1] > QUIET.toNanos();
            });
  }

  @Test
  void aPausedJobCostsNoCallUntilItIsResumed() {
    long before = calls();
    List<String> ids = ids();
    long job = node.submit(ids);
    awaitSome(before);
    assertThat(control.pause(job)).isBetween(1L, (long) IDS);
    awaitQuiet();
    Receipt paused = node.receipt(job);
    assertThat(paused.open()).isPositive();
    assertThat(paused.complete()).isFalse();
    assertThat(control.list(1)).extracting(JobSummary::state).containsExactly("paused");
    assertThatThrownBy(() -> control.pause(job)).isInstanceOf(UserError.class);

    assertThat(control.resume(job)).isEqualTo(paused.open());
    Receipt receipt = node.complete(job);
    assertThat(receipt.calls()).isEqualTo(IDS).isEqualTo(calls() - before);
    assertThatThrownBy(() -> control.resume(job))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("finished");
  }

  @Test
  void aResumeThatWasBrokenOffIsCompletedByAnother() {
    long before = calls();
    long job = node.submit(ids());
    awaitSome(before);
    control.pause(job);
    awaitQuiet();
    // As far as it came when Redis went away: the ledger was told, the queue was not.
    node.bean(JdbcClient.class)
        .sql("UPDATE job SET state = 'open' WHERE job_id = :job")
        .param("job", job)
        .update();
    long open = node.receipt(job).open();

    assertThat(control.resume(job)).isEqualTo(open).isPositive();
    awaitSome(calls());
    assertThat(control.resume(job)).as("a job that goes on").isPositive();
    assertThat(node.complete(job).calls()).isEqualTo(IDS).isEqualTo(calls() - before);
  }

  @Test
  void aCancelledJobGivesUpWhatIsLeftAndAnotherJobKeepsItsIds() {
    long before = calls();
    List<String> ids = ids();
    long job = node.submit(ids);
    long other = node.submit(ids.subList(IDS - 10, IDS));
    awaitSome(before);
    long cancelled = control.cancel(job);
    Receipt receipt = node.receipt(job);
    assertThat(receipt.complete()).isTrue();
    assertThat(receipt.cancelled()).isEqualTo(cancelled).isPositive();
    assertThat(receipt.accepted())
        .isEqualTo(receipt.succeeded() + receipt.gone() + receipt.dead() + receipt.cancelled());
    assertThat(node.complete(other).cancelled()).isZero();
    awaitQuiet();
    assertThat(calls() - before).as("most of them were never called for").isLessThan(IDS);
    await()
        .untilAsserted(
            () ->
                assertThat(node.receipt(job).calls() + node.receipt(other).calls())
                    .as("also what was in flight is counted, once")
                    .isEqualTo(calls() - before));
    assertThat(node.bean(TaskQueue.class).counts().due()).isZero();
    assertThat(
            ids.stream()
                .map(id -> node.bean(TaskQueue.class).status(Long.parseLong(id)).orElseThrow()))
        .allMatch(TaskStatus::isEnd);
    assertThatThrownBy(() -> control.cancel(job)).isInstanceOf(UserError.class);
    assertThatThrownBy(() -> control.cancel(999_999)).hasMessageContaining("no job 999999");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatAnotherJobWaitsForKeepsItsAttemptsAndItsBackOff(boolean byDeadline) throws Exception {
    RouteController routes = node.bean(CamelContext.class).getRouteController();
    TaskQueue queue = node.bean(TaskQueue.class);
    routes.suspendRoute("collect-items");
    List<String> ids = ids();
    long job = node.submit(ids);
    long other = node.submit(ids.subList(0, 1));
    try {
      queue.retryLater(
          queue.claim(IDS, Duration.ofMinutes(1), "elsewhere").stream()
              .collect(Collectors.toMap(task -> task, task -> Duration.ofHours(1))));
      if (byDeadline) {
        node.sql()
            .sql("UPDATE job SET deadline = UTC_TIMESTAMP(3) WHERE job_id = ?")
            .param(job)
            .update();
        control.expire();
      } else {
        control.cancel(job);
      }
      assertThat(node.receipt(job).cancelled()).isEqualTo(IDS);
      TaskPlace wanted = queue.place(Long.parseLong(ids.get(0)));
      assertThat(wanted.attempts()).isEqualTo(1);
      assertThat(wanted.dueAt()).isAfter(wanted.now().plus(Duration.ofMinutes(50)));
      assertThat(queue.place(Long.parseLong(ids.get(1))).status()).isEqualTo("dead");
    } finally {
      control.cancel(other);
      routes.resumeRoute("collect-items");
    }
  }

  /** A node settles ids of a job while a person cancels it, each in its own order. */
  @Test
  void aCancelThatAWriterOfTheLedgerCrossesIsDoneAllTheSame() throws Exception {
    RouteController routes = node.bean(CamelContext.class).getRouteController();
    routes.suspendRoute("collect-items");
    long job = node.submit(ids());
    List<Long> ids =
        node.sql()
            .sql("SELECT item_id FROM job_task WHERE job_id = ? ORDER BY item_id")
            .param(job)
            .query(Long.class)
            .list();
    ExecutorService person = Executors.newSingleThreadExecutor();
    try (Connection writer = node.bean(DataSource.class).getConnection();
        Statement ledger = writer.createStatement()) {
      writer.setAutoCommit(false);
      // More than the cancel has changed when the two meet: of two, the smaller is rolled back.
      String touch = "UPDATE job_task SET fence = fence + 1 WHERE job_id = " + job;
      ledger.execute(touch + " AND item_id > " + ids.get(10));
      Future<Long> cancelled = person.submit(() -> control.cancel(job));
      await().until(JobControlTest::waitsForALock);
      ledger.execute(touch + " AND item_id = " + ids.get(0));
      writer.commit();
      assertThat(cancelled.get()).isEqualTo(IDS);
    } finally {
      person.shutdown();
      routes.resumeRoute("collect-items");
    }
    assertThat(node.receipt(job).cancelled()).isEqualTo(IDS);
  }

  private static boolean waitsForALock() {
    return node.sql()
            .sql("SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'")
            .query(Long.class)
            .single()
        > 0;
  }
}
