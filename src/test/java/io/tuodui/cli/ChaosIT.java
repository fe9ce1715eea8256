package io.tuodui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tuodui.TcpProxy;
import io.tuodui.embedded.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Two nodes share a job while all that can go away does: the short form of the benchmarks of
 * docs/reliability.md. {@code mvn verify -Pchaos} goes on for longer.
 */
class ChaosIT {
  private static final int ROUNDS = Integer.getInteger("chaos.rounds", 1);
  private static final int IDS_OF_A_ROUND = 3_000;
  private static final int IDS = ROUNDS * IDS_OF_A_ROUND;

  private static final int ACCOUNTS = 20;
  private static final int PER_SECOND = 10;

  /** More than the nodes believe: the jitter of the machine that runs tests is not the point. */
  private static final int ALLOWED = 30;

  private static final int BATCH = 20;
  private static final int BATCHES = 4;
  private static final int IN_FLIGHT = 2 * BATCH * BATCHES;
  private static final Duration LEASE = Duration.ofSeconds(6);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path folder = Tuodui.folder("chaos");
  private final List<Tuodui> nodes = new ArrayList<>();
  private StoresToKill stores;
  private SimulatorProcess simulator;

  private interface Incident {
    void happen() throws Exception;
  }

  @Test
  void noIdIsLostOrCountedTwiceAndNoLimitExceeded() throws Exception {
    SimulatorProcess.writeAccounts(folder.resolve("accounts.yaml"), ACCOUNTS, PER_SECOND);
    SimulatorProcess.writeIds(folder.resolve("ids.txt"), IDS);
    List<Incident> round =
        List.of(
            this::killANode,
            this::pauseANode,
            () -> stores.emptyRedis(),
            () -> stores.killAndStart(Kind.REDIS),
            () -> stores.killAndStart(Kind.MYSQL),
            this::cutMongoOff);
    try (StoresToKill servers = new StoresToKill(folder.resolve("servers"));
        SimulatorProcess gateway =
            SimulatorProcess.start(
                folder, "--accounts", "" + ACCOUNTS, "--per-second", "" + ALLOWED)) {
      stores = servers;
      simulator = gateway;
      try {
        nodes.add(serve("first"));
        nodes.add(serve("second"));
        nodes.get(0).awaitOnStderr("Drop lists of ids into");
        nodes.get(1).awaitOnStderr("Drop lists of ids into");
        Files.move(
            folder.resolve("ids.txt"),
            folder.resolve("inbox-first").resolve("ids.txt"),
            StandardCopyOption.ATOMIC_MOVE);
        int incidents = 0;
        for (int i = 0; i < ROUNDS; i++) {
          for (Incident incident : round) {
            incidents++;
            awaitCalls(incidents * IDS / (ROUNDS * round.size() + 1));
            incident.happen();
          }
        }
        Awaitility.await()
            .atMost(PATIENCE.plusSeconds(IDS / 50))
            .until(() -> stores.number("SELECT COUNT(*) FROM job WHERE state = 'finished'") == 1);
        assertNothingIsLostOrTwice(incidents);
      } finally {
        nodes.forEach(Tuodui::close);
      }
    }
  }

  private void assertNothingIsLostOrTwice(int incidents) throws Exception {
    assertThat(stores.number("SELECT accepted FROM job")).isEqualTo(IDS);
    assertThat(stores.number("SELECT COUNT(*) FROM job_task WHERE state IN ('succeeded', 'gone')"))
        .as("explained")
        .isEqualTo(IDS);
    assertThat(stores.number("SELECT COUNT(*) FROM dead_letter")).isZero();
    assertThat(
            stores.number(
                "SELECT COUNT(*) FROM job_task task LEFT JOIN item ON item.item_id = task.item_id"
                    + " WHERE task.state = 'succeeded'"
                    + " AND (item.item_id IS NULL OR item.parts_hash <> item.content_hash)"))
        .as("without all their rows")
        .isZero();
    assertThat(
            stores.number(
                "SELECT COUNT(*) FROM (SELECT item_id FROM task_attempt"
                    + " WHERE reply_class IN ('succeeded', 'gone')"
                    + " GROUP BY item_id HAVING COUNT(*) > 1) twice"))
        .as("ended twice")
        .isZero();
    JsonNode totals = simulator.stats().get("totals");
    assertThat(totals.get("calls").asInt()).isBetween(IDS, IDS + incidents * IN_FLIGHT);
    assertThat(totals.get("refused")).isEmpty();
    assertThat(totals.get("maxCallsInAnySecond").asInt()).isLessThanOrEqualTo(ALLOWED);
  }

  private void killANode() {
    Tuodui killed = nodes.remove(0);
    killed.kill();
    nodes.add(serve("first"));
    Awaitility.await().atMost(PATIENCE).until(() -> leasesOf(killed) == 0);
    awaitEndOfWhatWasHeld();
  }

  /** Until the other has taken all that it held; then it goes on where it stood. */
  private void pauseANode() throws Exception {
    Tuodui paused = nodes.get(0);
    paused.signal("STOP");
    try {
      Awaitility.await()
          .pollDelay(LEASE.multipliedBy(2))
          .atMost(PATIENCE)
          .until(() -> leasesOf(paused) == 0);
    } finally {
      paused.signal("CONT");
    }
    awaitEndOfWhatWasHeld();
  }

  /** An id that two lost nodes held, one after the other, is given up; here none is to be. */
  private void awaitEndOfWhatWasHeld() {
    Awaitility.await("others to end what a lost node held")
        .atMost(PATIENCE)
        .until(() -> tasksOfLostNodes() == 0);
  }

  /** Until no node makes a call any more: what it brought could not be stored. */
  private void cutMongoOff() {
    TcpProxy mongo = stores.cutMongo();
    try {
      AtomicInteger before = new AtomicInteger();
      Awaitility.await("no more calls")
          .pollInterval(Duration.ofSeconds(2))
          .atMost(PATIENCE)
          .until(() -> before.getAndSet(calls()) == before.get());
    } finally {
      mongo.restore();
    }
  }

  private int calls() throws Exception {
    return simulator.stats().get("totals").get("calls").asInt();
  }

  private long leasesOf(Tuodui node) {
    return stores.redis(
        redis -> {
          long leases = 0;
          for (int shard = 0; shard < 8; shard++) {
            leases +=
                redis.sync().hvals("tuodui:{item-detail:" + shard + "}:lease").stream()
                    .filter(lease -> lease.contains(" " + node.pid() + "-"))
                    .count();
          }
          return leases;
        });
  }

  private long tasksOfLostNodes() {
    return stores.redis(
        redis -> {
          long tasks = 0;
          for (int shard = 0; shard < 8; shard++) {
            tasks += redis.sync().hlen("tuodui:{item-detail:" + shard + "}:deaths");
          }
          return tasks;
        });
  }

  private void awaitCalls(int number) {
    Awaitility.await("call " + number)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> calls() >= number);
  }

  private Tuodui serve(String name) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "serve",
                "--server.port=0",
                "--tuodui.gateway.base-url=" + simulator.url(),
                "--tuodui.gateway.dialect=item-get",
                "--tuodui.accounts-file=accounts.yaml",
                "--tuodui.data-dir=data-" + name,
                "--tuodui.inbox.directory=inbox-" + name,
                "--tuodui.collect.lease=" + LEASE.toSeconds() + "s",
                "--tuodui.collect.batch-size=" + BATCH,
                "--tuodui.collect.batches=" + BATCHES));
    arguments.addAll(stores.settings());
    return Tuodui.start(folder, arguments.toArray(String[]::new));
  }
}
