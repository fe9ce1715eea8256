package io.tuodui.cli;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.tuodui.TcpProxy;
import io.tuodui.embedded.EmbeddedServers;
import io.tuodui.embedded.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.awaitility.Awaitility;

/**
 * Embedded servers of a test's own. Redis and MySQL can be killed, and started again on what they
 * left; MongoDB, of which the embedded one would lose its last quarter of a second, can be cut off.
 */
final class StoresToKill implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path folder;
  private final EmbeddedServers servers;
  private final TcpProxy mongo;
  private final Map<Kind, Process> again = new EnumMap<>(Kind.class);

  StoresToKill(Path folder) {
    this.folder = folder;
    servers = EmbeddedServers.start(folder, EnumSet.allOf(Kind.class));
    mongo = TcpProxy.before(servers.port(Kind.MONGODB));
  }

  /** The settings by which a node finds them. */
  List<String> settings() {
    return List.of(
        "--spring.data.redis.url=" + Kind.REDIS.url(servers.port(Kind.REDIS)),
        "--spring.data.mongodb.uri=" + Kind.MONGODB.url(mongo.port()),
        "--spring.datasource.url=" + mysqlUrl(),
        "--spring.datasource.username=root",
        "--spring.datasource.password=");
  }

  private String mysqlUrl() {
    return Kind.MYSQL.url(servers.port(Kind.MYSQL));
  }

  /** {@code kill -9}, and the same command again. */
  void killAndStart(Kind kind) throws IOException {
    ProcessHandle running = again.containsKey(kind) ? again.get(kind).toHandle() : first(kind);
    Path system = Path.of("/proc/" + running.pid());
    List<String> command = List.of(Files.readString(system.resolve("cmdline")).split("\0"));
    Path directory = system.resolve("cwd").toRealPath();
    running.destroyForcibly();
    running.onExit().join();
    again.put(
        kind,
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(kind.label() + "-again.log").toFile())
            .start());
  }

  private ProcessHandle first(Kind kind) throws IOException {
    String pid = Files.readString(folder.resolve(kind.label() + ".pid")).strip();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  /** Until {@link TcpProxy#restore}, no node reaches MongoDB. */
  TcpProxy cutMongo() {
    mongo.cut();
    return mongo;
  }

  /** {@code FLUSHALL}. */
  void emptyRedis() {
    redis(connection -> connection.sync().flushall());
  }

  <T> T redis(Function<StatefulRedisConnection<String, String>, T> work) {
    RedisClient client = RedisClient.create(Kind.REDIS.url(servers.port(Kind.REDIS)));
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      return work.apply(connection);
    } finally {
      client.shutdown();
    }
  }

  /** The first number of an answer; waits for MySQL, and for the table, where there is none. */
  long number(String sql) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(SQLException.class)
        .until(() -> query(sql), number -> true);
  }

  private long query(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(mysqlUrl(), "root", "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() throws IOException {
    mongo.close();
    again.values().forEach(Process::destroy);
    again.values().forEach(process -> process.onExit().join());
    servers.close();
  }
}
