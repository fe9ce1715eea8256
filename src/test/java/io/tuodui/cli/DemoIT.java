package io.tuodui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.tuodui.embedded.ServersForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code demo}, where stores are configured that it must not touch. */
class DemoIT {
  private static final Path FOLDER = Tuodui.folder("demo");
  private static final String DATABASE = ServersForTests.newDatabase();

  private static Tuodui.Result demo;

  @BeforeAll
  static void runWhereStoresAreConfigured() throws IOException {
    Files.writeString(
        FOLDER.resolve("application.yaml"),
        """
        tuodui:
          queue: {prefix: not-the-demos}
          mongodb: {database: not_the_demos}
        spring:
          data.mongodb: {uri: "%s"}
          config.import: imported.yaml
        """
            .formatted(ServersForTests.mongoUri()));
    Files.writeString(
        FOLDER.resolve("imported.yaml"),
        "spring: {datasource: {username: root, password: ''}, flyway: {url: '%s', user: root}}\n"
            .formatted(DATABASE));
    demo = run("demo", "--ids", "60", "--json", "--server.port=0");
  }

  private static Tuodui.Result run(String... arguments) {
    try (Tuodui tuodui = start(arguments)) {
      return tuodui.await(Tuodui.PATIENCE);
    }
  }

  private static Tuodui start(String... arguments) {
    String redis = ServersForTests.redisUri();
    Map<String, String> environment =
        Map.of(
            "SPRING_DATASOURCE_URL",
            DATABASE,
            "SPRING_DATASOURCE_HIKARI_JDBCURL",
            DATABASE,
            "SPRING_DATA_REDIS_URL",
            redis,
            "SPRING_DATA_REDIS_CLUSTER_NODES",
            redis.replace("redis://", ""));
    return Tuodui.start(FOLDER, environment, Tuodui.LAUNCHER, arguments);
  }

  @Test
  void printsOneReceiptAndNothingElseOnStandardOutput() throws IOException {
    assertThat(demo.exitCode()).as(demo.err()).isZero();
    JsonNode receipt = new ObjectMapper().readTree(demo.out());
    assertThat(demo.out().lines()).hasSize(1);
    assertThat(receipt.fieldNames())
        .toIterable()
        .contains(
            "job",
            "source",
            "submitted",
            "accepted",
            "duplicates",
            "invalid",
            "succeeded",
            "gone",
            "dead",
            "cancelled",
            "open",
            "calls",
            "refused",
            "retried",
            "startedAt",
            "finishedAt",
            "seconds",
            "itemsPerSecond",
            "complete");
    assertThat(receipt.get("submitted").asInt()).isEqualTo(60);
    assertThat(receipt.get("succeeded").asInt() + receipt.get("gone").asInt()).isEqualTo(60);
    assertThat(receipt.get("refused").asInt()).isZero();
    assertThat(receipt.get("complete").asBoolean()).isTrue();
    assertThat(demo.err()).contains("60 / 60").contains("raw_reply").contains("item_detail");
    assertThat(demo.err()).doesNotContain("ERROR").doesNotContain("\tat ");
  }

  @Test
  void leavesTheConfiguredStoresAsTheyWere() throws SQLException {
    try (Connection mysql = DriverManager.getConnection(DATABASE, "root", "")) {
      assertThat(mysql.createStatement().executeQuery("SHOW TABLES").next()).isFalse();
    }
    RedisClient client = RedisClient.create(ServersForTests.redisUri());
    try (StatefulRedisConnection<String, String> redis = client.connect()) {
      assertThat(redis.sync().keys("not-the-demos:*")).isEmpty();
    } finally {
      client.shutdown();
    }
    try (MongoClient mongo = MongoClients.create(ServersForTests.mongoUri())) {
      assertThat(mongo.getDatabase("not_the_demos").listCollectionNames()).isEmpty();
    }
  }

  @Test
  void namesANodeThatRunsOnItsDataAndCallsOnlyTheSimulator() {
    List<String> words =
        demo.err()
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("./tuodui serve "))
            .flatMap(line -> Stream.of(line.split(" ")))
            .skip(1)
            .toList();
    assertThat(words)
        .anyMatch(word -> word.matches("--tuodui.gateway.base-url=http://127.0.0.1:\\d+"));

    String[] serve =
        Stream.concat(words.stream(), Stream.of("--server.port=0")).toArray(String[]::new);
    try (Tuodui node = start(serve)) {
      node.awaitOnStderr("/actuator/hawtio");
      assertThat(node.err())
          .contains("on the data in " + Path.of("data", "demo"))
          .doesNotContain(DATABASE);
    }
  }
}
