package io.tuodui.redis;

import io.tuodui.embedded.RedisClusterForTests;
import io.tuodui.embedded.ServersForTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/** Clients of the Redis servers that all tests share, and a server for a test that stops it. */
public final class RedisForTests {

  private static final String HOST = "127.0.0.1";
  private static final int HIGHEST_PORT = 55_000;

  private RedisForTests() {}

  private static final class Alone {
    static final StringRedisTemplate TEMPLATE =
        template(
            new RedisStandaloneConfiguration(
                HOST, URI.create(ServersForTests.redisUri()).getPort()),
            Duration.ofSeconds(5));
  }

  private static final class Cluster {
    static final StringRedisTemplate TEMPLATE =
        template(
            new RedisClusterConfiguration(List.of(RedisClusterForTests.nodes().split(","))),
            Duration.ofSeconds(5));
  }

  /** The server that stands alone. */
  public static StringRedisTemplate standalone() {
    return Alone.TEMPLATE;
  }

  /** The cluster. */
  public static StringRedisTemplate cluster() {
    return Cluster.TEMPLATE;
  }

  /**
   * A server of the caller's own, to be stopped at will.
   *
   * @param settings lines of its configuration beyond the usual ones
   */
  public static RedisServer start(String... settings) {
    try {
      Path folder = Files.createTempDirectory("tuodui-redis-");
      RedisServerBuilder builder =
          RedisServer.newRedisServer()
              .port(freePort())
              .bind(HOST)
              .setting("save \"\"")
              .setting("dir " + folder);
      for (String setting : settings) {
        builder.setting(setting);
      }
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

  /** Of a cluster, a server has a second port, 10,000 above. */
  private static int freePort() throws IOException {
    while (true) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        if (socket.getLocalPort() < HIGHEST_PORT) {
          return socket.getLocalPort();
        }
      }
    }
  }
}
