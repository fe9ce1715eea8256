package io.tuodui.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Redis, MariaDB and MongoDB for tests: one set per test JVM, empty at its start, started by the
 * first test that asks and stopped with the JVM. Tests share them: use names or databases of your
 * own, or clear what you used.
 */
public final class ServersForTests {

  /** That may begin at the same time, and take the same folder. */
  private static final int TEST_JVMS = 2;

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static EmbeddedServers servers;

  private ServersForTests() {}

  /** The running servers. */
  public static synchronized EmbeddedServers servers() {
    if (servers == null) {
      servers = start();
      Runtime.getRuntime().addShutdownHook(new Thread(servers::close, "close-servers-for-tests"));
    }
    return servers;
  }

  private static EmbeddedServers start() {
    EmbeddedServersException failure = null;
    for (int test = 0; test < TEST_JVMS; test++) {
      Path dir;
      try (DataDir data = FreshDataDir.lock("servers-for-tests")) {
        dir = data.root();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      try {
        return EmbeddedServers.start(dir, EnumSet.allOf(Kind.class));
      } catch (EmbeddedServersException takenMeanwhile) {
        failure = takenMeanwhile;
      }
    }
    throw failure;
  }

  /** {@code redis://127.0.0.1:PORT}. */
  public static String redisUri() {
    return Kind.REDIS.url(servers().port(Kind.REDIS));
  }

  /** {@code mongodb://127.0.0.1:PORT/tuodui}. */
  public static String mongoUri() {
    return Kind.MONGODB.url(servers().port(Kind.MONGODB));
  }

  /** {@code jdbc:mysql://127.0.0.1:PORT/tuodui}, the database that all tests share; user root. */
  public static String jdbcUrl() {
    return Kind.MYSQL.url(servers().port(Kind.MYSQL));
  }

  /** The JDBC URL of a new, empty database; user root, no password. */
  public static String newDatabase() {
    String name = "test_" + DATABASES.incrementAndGet();
    try (Connection connection = DriverManager.getConnection(jdbcUrl(), "root", "");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("the database " + name + " cannot be created", e);
    }
    return jdbcUrl().replaceFirst("/tuodui$", "/" + name);
  }
}
