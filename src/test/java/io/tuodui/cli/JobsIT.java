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

/** {@code jobs} and {@code reconcile}, on stores of their own, without accounts or a node. */
class JobsIT {
  private static final Path FOLDER = Tuodui.folder("jobs");
  private static final String DATABASE = ServersForTests.newDatabase();
  private static final List<String> STORES = SharedStores.settings("jobs-it", DATABASE);

  @Test
  void repairsListsAndChangesJobs() throws IOException, SQLException {
    assertThat(run("jobs", "list"))
        .as("the first command makes the tables")
        .isEqualTo("No job was submitted yet.\n");
    submit();

    assertThat(run("reconcile"))
        .isEqualTo(
            """
            Repaired:
              put back  2 of 2 open ids, which the queue lacked
              dropped   0 of 2 queued ids, which had ended
              reopened  1 of 1 succeeded ids in 2 jobs, which had no row or no raw reply
            """);
    JsonNode left = json("reconcile", "--dry-run", "--json");
    assertThat(left.get("open").asInt()).isEqualTo(3);
    assertThat(left.get("putBack").asInt() + left.get("reopened").asInt()).isZero();
    assertThat(run("jobs", "list").lines())
        .satisfiesExactly(
            job ->
                assertThat(job).startsWith("job 2").contains("open", "1 of 1 ids open (0 % done)"),
            job ->
                assertThat(job).startsWith("job 1").contains("open", "2 of 2 ids open (0 % done)"));

    assertThat(run("jobs", "pause", "1")).isEqualTo("Job 1 is paused; 2 ids wait.\n");
    assertThat(run("jobs", "priority", "1", "high"))
        .isEqualTo("Job 1 is of high priority, with 2 ids that are open.\n");
    JsonNode paused = json("jobs", "list", "--json").get(1);
    assertThat(paused.get("state").asText()).isEqualTo("paused");
    assertThat(paused.get("priority").asText()).isEqualTo("high");
    assertThat(run("jobs", "resume", "1")).isEqualTo("Job 1 goes on with 2 ids.\n");
    assertThat(run("jobs", "cancel", "1"))
        .isEqualTo("Job 1 is cancelled, with 2 ids that were still open.\n");
    assertThat(run("receipt", "1")).contains("cancelled 2", "complete: every id is explained");

    Tuodui.Result again = Tuodui.run(FOLDER, STORES, "jobs", "cancel", "1");
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err())
        .contains("tuodui: Job 1 is finished; there is nothing to cancel.")
        .doesNotContain("\tat ");
  }

  /** An open job, whose ids the queue lacks, and a finished one, whose item the stores lack. */
  private static void submit() throws SQLException {
    try (Connection connection = DriverManager.getConnection(DATABASE, "root", "");
        Statement sql = connection.createStatement()) {
      sql.execute(
          "INSERT INTO job (job_id, source, origin, fingerprint, state, submitted, accepted,"
              + " started_at, finished_at) VALUES"
              + " (1, 'item-detail', 'list.txt', 'a', 'open', 2, 2, UTC_TIMESTAMP(3), NULL),"
              + " (2, 'item-detail', 'more.txt', 'b', 'finished', 1, 1, UTC_TIMESTAMP(3),"
              + " UTC_TIMESTAMP(3))");
      sql.execute(
          "INSERT INTO job_task (job_id, item_id, source, state, calls, closed_at) VALUES"
              + " (1, 610000000001, 'item-detail', 'open', 0, NULL),"
              + " (1, 610000000002, 'item-detail', 'open', 0, NULL),"
              + " (2, 610000000003, 'item-detail', 'succeeded', 1, UTC_TIMESTAMP(3))");
    }
  }

  private static JsonNode json(String... command) throws IOException {
    return new ObjectMapper().readTree(run(command));
  }

  /** What a command that succeeds prints. */
  private static String run(String... command) {
    Tuodui.Result result = Tuodui.run(FOLDER, STORES, command);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.out();
  }
}
