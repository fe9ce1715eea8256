package io.tuodui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.tuodui.embedded.ServersForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** {@code serve}: the inbox, and a stop in the middle of a job. */
class ServeIT {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final int IDS = 300;
  private static final int PER_SECOND = 10;

  /** More than the node believes: the jitter of the machine that runs tests is not the point. */
  private static final int ALLOWED = 30;

  private final Path folder = Tuodui.folder("serve");
  private final String database = ServersForTests.newDatabase();

  @Test
  void stopsWithoutLosingOrRepeatingACallAndGoesOnWhenStartedAgain() throws Exception {
    SimulatorProcess.writeAccounts(folder.resolve("accounts.yaml"), 5, PER_SECOND);
    SimulatorProcess.writeIds(folder.resolve("ids.txt"), IDS);
    try (SimulatorProcess simulator =
        SimulatorProcess.start(folder, "--accounts", "5", "--per-second", "" + ALLOWED)) {
      try (Tuodui node = serve(simulator)) {
        node.awaitOnStderr("Drop lists of ids into " + folder.resolve("inbox"));
        Files.move(
            folder.resolve("ids.txt"),
            folder.resolve("inbox").resolve("my 编号.txt"),
            StandardCopyOption.ATOMIC_MOVE);
        Awaitility.await().atMost(LONG).until(() -> calls(simulator) >= 60);
        node.terminate();
        Tuodui.Result stopped = node.await(Duration.ofSeconds(60));
        assertThat(stopped.exitCode()).as(stopped.err()).isZero();
        assertThat(stopped.out()).isEmpty();
        assertThat(stopped.err()).contains("Stopping: ").doesNotContain("ERROR");
      }
      assertThat(leased()).as("what was claimed is finished or given back").isZero();
      int callsAtStop = calls(simulator);
      assertThat(callsAtStop).isLessThan(IDS);
      assertThat(one("SELECT COUNT(*) FROM job_task WHERE state <> 'open'"))
          .as("what was called is stored and settled")
          .isEqualTo(callsAtStop);
      JsonNode report = new ObjectMapper().readTree(reportIn("inbox/.done").toFile());
      assertThat(report.get("accepted").asInt()).isEqualTo(IDS);

      try (Tuodui node = serve(simulator)) {
        Awaitility.await()
            .atMost(LONG)
            .untilAsserted(
                () -> assertThat(one("SELECT COUNT(*) FROM job WHERE state = 'finished'")).isOne());
        assertThat(node.isAlive()).isTrue();
      }
      assertThat(one("SELECT COUNT(*) FROM job_task WHERE state IN ('succeeded', 'gone')"))
          .isEqualTo(IDS);
      assertThat(calls(simulator)).isEqualTo(IDS);
    }
  }

  private Tuodui serve(SimulatorProcess simulator) {
    return Tuodui.start(
        folder,
        "serve",
        "--server.port=0",
        "--tuodui.gateway.base-url=" + simulator.url(),
        "--tuodui.accounts-file=accounts.yaml",
        "--tuodui.queue.prefix=serve-it",
        "--tuodui.collect.batch-size=20",
        "--tuodui.collect.batches=4",
        "--tuodui.mongodb.database=serve_it",
        "--spring.data.redis.url=" + ServersForTests.redisUri(),
        "--spring.data.mongodb.uri=" + ServersForTests.mongoUri(),
        "--spring.datasource.url=" + database,
        "--spring.datasource.username=root",
        "--spring.datasource.password=");
  }

  private static long leased() {
    RedisClient client = RedisClient.create(ServersForTests.redisUri());
    try (StatefulRedisConnection<String, String> redis = client.connect()) {
      return IntStream.range(0, 8)
          .mapToLong(shard -> redis.sync().zcard("serve-it:{item-detail:" + shard + "}:leased"))
          .sum();
    } finally {
      client.shutdown();
    }
  }

  private static int calls(SimulatorProcess simulator) throws IOException, InterruptedException {
    return simulator.stats().get("totals").get("calls").asInt();
  }

  private int one(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database, "root", "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private Path reportIn(String inboxFolder) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(inboxFolder))) {
      List<Path> reports = files.filter(file -> file.toString().endsWith("report.json")).toList();
      assertThat(reports).hasSize(1);
      return reports.get(0);
    }
  }
}
