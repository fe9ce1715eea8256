package io.tuodui.cli;

import io.tuodui.embedded.ServersForTests;
import java.util.List;

/** The servers that all tests share, as a process of {@code ./tuodui} is told of them. */
final class SharedStores {
  private SharedStores() {}

  /**
   * Their settings.
   *
   * @param prefix of the keys in Redis
   * @param database a JDBC URL
   */
  static List<String> settings(String prefix, String database) {
    return List.of(
        "--tuodui.queue.prefix=" + prefix,
        "--spring.data.redis.url=" + ServersForTests.redisUri(),
        "--spring.data.mongodb.uri=" + ServersForTests.mongoUri(),
        "--spring.datasource.url=" + database,
        "--spring.datasource.username=root",
        "--spring.datasource.password=");
  }
}
