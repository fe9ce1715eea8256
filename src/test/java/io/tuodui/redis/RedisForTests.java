package io.tuodui.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/** Real Redis servers, started once for all tests: one alone, and a cluster of three masters. */
public final class RedisForTests {

  private static final String HOST = "127.0.0.1";
  private static final int SLOTS = 16_384;

  private RedisForTests() {}

  private static final class Alone {
    static final StringRedisTemplate TEMPLATE = template(start(List.of()).ports().get(0));
  }

  private static final class Cluster {
    static final StringRedisTemplate TEMPLATE = formCluster();
  }

  /** The server that stands alone. */
  public static StringRedisTemplate standalone() {
    return Alone.TEMPLATE;
  }

  /** The cluster. */
  public static StringRedisTemplate cluster() {
    return Cluster.TEMPLATE;
  }

  /** A server of the caller's own, to be stopped at will. */
  public static RedisServer start(List<String> settings) {
    try {
      Path folder = Files.createTempDirectory("tuodui-redis-");
      RedisServerBuilder builder =
          RedisServer.newRedisServer()
              .port(freePort())
              .bind(HOST)
              .setting("save \"\"")
              .setting("dir " + folder);
      settings.forEach(builder::setting);
      RedisServer server = builder.build();
      server.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops a server; harmless if it stopped already. */
  public static void stop(RedisServer server) {
    try {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client of a server, which gives up after a second. */
  public static StringRedisTemplate template(int port) {
    return template(new RedisStandaloneConfiguration(HOST, port), Duration.ofSeconds(1));
  }

  /** Closes a client, which would otherwise go on looking for its server. */
  public static void close(StringRedisTemplate template) {
    ((LettuceConnectionFactory) template.getRequiredConnectionFactory()).destroy();
  }

  private static StringRedisTemplate template(RedisConfiguration configuration, Duration timeout) {
    LettuceClientConfiguration client =
        LettuceClientConfiguration.builder().commandTimeout(timeout).build();
    LettuceConnectionFactory factory =
        configuration instanceof RedisClusterConfiguration cluster
            ? new LettuceConnectionFactory(cluster, client)
            : new LettuceConnectionFactory((RedisStandaloneConfiguration) configuration, client);
    factory.afterPropertiesSet();
    factory.start();
    return new StringRedisTemplate(factory);
  }

  private static StringRedisTemplate formCluster() {
    List<Integer> ports =
        IntStream.range(0, 3)
            .mapToObj(i -> start(List.of("cluster-enabled yes")).ports().get(0))
            .toList();
    for (int i = 0; i < ports.size(); i++) {
      int first = SLOTS * i / ports.size();
      int end = SLOTS * (i + 1) / ports.size();
      try (RedisClient client = RedisClient.create("redis://" + HOST + ":" + ports.get(i))) {
        RedisCommands<String, String> node = client.connect().sync();
        node.clusterAddSlots(IntStream.range(first, end).toArray());
        node.clusterMeet(HOST, ports.get(0));
      }
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ports.stream().allMatch(RedisForTests::isComplete));
    List<String> nodes = ports.stream().map(port -> HOST + ":" + port).toList();
    return template(new RedisClusterConfiguration(nodes), Duration.ofSeconds(5));
  }

  private static boolean isComplete(int port) {
    try (RedisClient client = RedisClient.create("redis://" + HOST + ":" + port)) {
      String info = client.connect().sync().clusterInfo();
      return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:3");
    }
  }

  /** A port that is free, as is the one 10,000 above it, which a cluster's nodes talk on. */
  private static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
      InetAddress host = InetAddress.getByName(HOST);
      try (ServerSocket clients = new ServerSocket(port, 1, host);
          ServerSocket bus = new ServerSocket(port + 10_000, 1, host)) {
        return Math.min(clients.getLocalPort(), bus.getLocalPort());
      } catch (java.net.BindException e) {
        continue; // taken: try another
      }
    }
  }
}
