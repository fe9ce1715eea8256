package io.tuodui.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tuodui.StoresApplication;
import io.tuodui.embedded.ServersForTests;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A start on tables that are not as this version knows them. */
class TablesFailureTextTest {
  private final String database = ServersForTests.newDatabase();

  private void migrated(String target, String change) throws SQLException {
    if (target != null) {
      Flyway.configure().dataSource(database, "root", "").target(target).load().migrate();
    }
    try (Connection connection = DriverManager.getConnection(database, "root", "");
        Statement sql = connection.createStatement()) {
      sql.execute(change);
    }
  }

  private void start() {
    StoresApplication.start(
            "--tuodui.queue.prefix=test-" + UUID.randomUUID(),
            "--spring.data.redis.url=" + ServersForTests.redisUri(),
            "--spring.data.mongodb.uri=" + ServersForTests.mongoUri(),
            "--spring.datasource.url=" + database,
            "--spring.datasource.username=root",
            "--spring.datasource.password=")
        .close();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "3 | UPDATE flyway_schema_history SET checksum = 7 WHERE version = '2'"
            + " | checksum mismatch for migration version 2",
        "3 | UPDATE flyway_schema_history SET success = 0 WHERE version = '3'"
            + " | failed migration to version 3",
        "6 | CREATE TABLE account_token (id INT) | 'account_token' already exists",
        "- | CREATE TABLE customer (id INT) | tables that are not Tuodui's",
      })
  void whatIsWrongWithTheTablesIsSaidWithWhatToDo(String target, String change, String said)
      throws SQLException {
    migrated(target, change);
    String text = FailureText.of(catchThrowable(this::start)).orElseThrow();
    assertThat(text)
        .startsWith("The tables in the database of spring.datasource.url")
        .contains(said)
        .doesNotContain("repair", "http");
    assertThat(text.lines()).hasSizeBetween(2, 6);
  }

  /** Since a migration only adds, a node works on with the tables of a newer one. */
  @Test
  void tablesThatANewerVersionAddedToAreGoodEnough() throws SQLException {
    migrated(
        "latest",
        "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
            + " installed_by, execution_time, success) VALUES (99, '99', 'newer', 'SQL', 'V99', 'root',"
            + " 1, 1)");
    assertThat(catchThrowable(this::start)).isNull();
  }
}
