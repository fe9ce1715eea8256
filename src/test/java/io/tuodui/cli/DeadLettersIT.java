package io.tuodui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tuodui.embedded.ServersForTests;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code dead-letters} and {@code explain}, on stores of their own, without accounts or a node. */
class DeadLettersIT {
  private static final Path FOLDER = Tuodui.folder("dead-letters");
  private static final String DATABASE = ServersForTests.newDatabase();
  private static final List<String> STORES = SharedStores.settings("dead-letters-it", DATABASE);

  @Test
  void countsExplainsReplaysAndDiscardsWhatWasGivenUp() throws IOException, SQLException {
    Tuodui.Result none = run("dead-letters", "count", "--json");
    assertThat(none.exitCode()).as(none.err()).isZero();
    assertThat(none.out()).as("the first command makes the tables").isEqualTo("[]\n");
    giveUp(1, 610000000007L);

    Tuodui.Result listed = run("dead-letters", "list", "--class=invalid", "--since=2026-01-01");
    assertThat(listed.exitCode()).isZero();
    assertThat(listed.out().lines()).hasSize(1);
    assertThat(listed.out()).contains("610000000007", "gw.ParamMissing", "no such parameter");

    Tuodui.Result replayed = run("dead-letters", "replay", "--job=1", "--limit=10", "--json");
    assertThat(replayed.exitCode()).as(replayed.err()).isZero();
    assertThat(json(replayed))
        .isEqualTo(
            new ObjectMapper().readTree("{\"dryRun\":false,\"letters\":1,\"items\":1,\"jobs\":1}"));

    Tuodui.Result explained = run("explain", "https://detail.1688.com/offer/610000000007.html");
    assertThat(explained.exitCode()).as(explained.err()).isZero();
    assertThat(explained.out())
        .containsSubsequence(
            "asked for by job 1 (list.txt)",
            "given up after 1 attempt, invalid gw.ParamMissing",
            "replayed",
            "1 (open): open, 1 call",
            "queue     due, behind 0 others",
            "item      none stored",
            "raw reply none stored");
    assertThat(explained.err()).doesNotContain("\tat ");

    giveUp(2, 610000000008L);
    Tuodui.Result discarded = run("dead-letters", "discard", "--job=2", "--limit=10");
    assertThat(discarded.exitCode()).as(discarded.err()).isZero();
    assertThat(discarded.out()).isEqualTo("1 dead letter discarded\n");
    assertThat(run("dead-letters", "count", "--json").out()).isEqualTo("[]\n");
    assertThat(run("dead-letters", "list", "--all", "--job=2").out())
        .contains("610000000008", "[discarded ");
  }

  @Test
  void saysThatNobodyAskedForAnId() {
    Tuodui.Result result = run("explain", "999");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("tuodui: Nobody asked for item 999").doesNotContain("\tat ");
  }

  private static void giveUp(long job, long id) throws SQLException {
    try (Connection connection = DriverManager.getConnection(DATABASE, "root", "");
        Statement sql = connection.createStatement()) {
      sql.execute(
          "INSERT INTO job (job_id, source, origin, fingerprint, state, submitted, accepted,"
              + " started_at, finished_at) VALUES ("
              + job
              + ", 'item-detail', 'list.txt', 'f', 'finished', 1, 1, '2026-02-01 10:00:00',"
              + " '2026-02-01 10:00:01')");
      sql.execute(
          "INSERT INTO job_task (job_id, item_id, source, state, calls, closed_at) VALUES ("
              + job
              + ", "
              + id
              + ", 'item-detail', 'dead', 1, '2026-02-01 10:00:01')");
      sql.execute(
          "INSERT INTO dead_letter (source, item_id, reply_class, code, message, attempts, died_at)"
              + " VALUES ('item-detail', "
              + id
              + ", 'invalid', 'gw.ParamMissing', 'no such parameter', 1, '2026-02-01 10:00:01')");
    }
  }

  private static JsonNode json(Tuodui.Result result) throws IOException {
    return new ObjectMapper().readTree(result.out());
  }

  private static Tuodui.Result run(String... command) {
    return Tuodui.run(FOLDER, STORES, command);
  }
}
