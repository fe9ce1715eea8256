package io.tuodui.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.tuodui.config.RedisClientConfiguration;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.embedded.RedisServer;

/** A master of a Redis Cluster dies for good, and its replica takes over. */
class RedisClusterFailoverTest {
  private static final int SLOTS = 16_384;

  private final RedisClient client = RedisClient.create();
  private final RedisServer master = RedisForTests.start("cluster-enabled yes");
  private final RedisServer replica = RedisForTests.start("cluster-enabled yes");

  @AfterEach
  void stop() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    RedisForTests.stop(master);
    RedisForTests.stop(replica);
  }

  @Test
  void theClientThatTheSettingsMakeFindsTheReplica() {
    formCluster();
    try (ConfigurableApplicationContext node = node()) {
      StringRedisTemplate redis = node.getBean(StringRedisTemplate.class);
      redis.opsForValue().set("key", "before");

      RedisForTests.stop(master);
      ask(replica, commands -> commands.clusterFailover(false, true));
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .untilAsserted(() -> redis.opsForValue().set("key", "after"));
      assertThat(redis.opsForValue().get("key")).isEqualTo("after");
    }
  }

  private void formCluster() {
    String id = ask(master, RedisCommands::clusterMyId);
    ask(master, commands -> commands.clusterAddSlots(IntStream.range(0, SLOTS).toArray()));
    ask(replica, commands -> commands.clusterMeet("127.0.0.1", port(master)));
    await().until(() -> ask(replica, RedisCommands::clusterNodes).contains(id));
    await()
        .ignoreExceptions()
        .until(() -> ask(replica, commands -> commands.clusterReplicate(id)).equals("OK"));
    await().until(() -> ask(replica, RedisCommands::info).contains("master_link_status:up"));
    await().until(() -> ask(master, RedisCommands::clusterNodes).contains("slave " + id));
    await().until(() -> ask(master, RedisCommands::clusterInfo).contains("cluster_state:ok"));
  }

  private ConfigurableApplicationContext node() {
    SpringApplication application =
        new SpringApplication(RedisAutoConfiguration.class, RedisClientConfiguration.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setDefaultProperties(
        Map.of(
            "spring.data.redis.cluster.nodes", "127.0.0.1:" + port(master),
            "spring.data.mongodb.uri", "mongodb://not-used",
            "spring.datasource.url", "jdbc:not-used"));
    return application.run();
  }

  private <T> T ask(RedisServer server, Function<RedisCommands<String, String>, T> question) {
    try (StatefulRedisConnection<String, String> connection =
        client.connect(RedisURI.create("127.0.0.1", port(server)))) {
      return question.apply(connection.sync());
    }
  }

  private static int port(RedisServer server) {
    return server.ports().get(0);
  }
}
