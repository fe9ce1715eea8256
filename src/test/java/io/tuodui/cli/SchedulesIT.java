package io.tuodui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tuodui.embedded.ServersForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code schedules}, on stores of its own, without accounts or a node. */
class SchedulesIT {
  private static final Path FOLDER = Tuodui.folder("schedules");
  private static final List<String> STORES =
      SharedStores.settings("schedules-it", ServersForTests.newDatabase());

  @Test
  void listsTheSchedulesAndAsksForOne() throws IOException {
    Files.writeString(
        FOLDER.resolve("application.yaml"),
        """
        tuodui:
          schedules:
            nightly:
              cron: "0 30 2 * * ?"
              time-zone: Asia/Shanghai
              query: SELECT item_id FROM item WHERE status = 'published'
            favourites: {cron: "0 0 * * * ?", ids: [520000000001, 520000000002]}
        """);
    Tuodui.Result listed = run("schedules", "list");
    assertThat(listed.exitCode()).as(listed.err()).isZero();
    assertThat(listed.out().lines()).hasSize(2);
    assertThat(listed.out())
        .containsSubsequence("favourites", "UTC", "nightly", "0 30 2 * * ?", "02:30:00+08:00");

    Tuodui.Result asked = run("schedules", "run", "nightly");
    assertThat(asked.exitCode()).as(asked.err()).isZero();
    JsonNode nightly = new ObjectMapper().readTree(run("schedules", "list", "--json").out()).get(1);
    assertThat(nightly.get("name").asText()).isEqualTo("nightly");
    assertThat(nightly.get("outcome").asText()).isEqualTo("waiting");

    Tuodui.Result unknown = run("schedules", "run", "weekly");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err())
        .contains("There is no schedule weekly", "favourites, nightly")
        .doesNotContain("\tat ");
  }

  private static Tuodui.Result run(String... command) {
    return Tuodui.run(FOLDER, STORES, command);
  }
}
