package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.tuodui.NodeForTests;
import io.tuodui.SimulatedNode;
import io.tuodui.audit.CheckResult;
import io.tuodui.audit.NoReceipt;
import io.tuodui.audit.ReceiptCheck;
import io.tuodui.audit.ReceiptFile;
import io.tuodui.audit.ReceiptWriter;
import io.tuodui.simulator.SimulatedItems;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A receipt with its ids: what is in it, and that nothing can be changed behind its back. */
@ExtendWith(SimulatedNode.class)
class ReceiptCheckTest {
  private static final int IDS = 60;

  /** Far from those of other tests. */
  private static final List<Long> LIST =
      SimulatedItems.ids(9_000).skip(9_000 - IDS).boxed().toList();

  private static final long ITEM =
      LIST.stream().filter(SimulatedItems::published).findFirst().get();

  @TempDir Path folder;
  private NodeForTests node;
  private Path file;

  @BeforeEach
  void writeTheReceiptOfACompleteJob(NodeForTests node) throws IOException {
    this.node = node;
    file = write(node.complete(node.submit(LIST.stream().map(String::valueOf).toList())).job());
  }

  private Path write(long job) throws IOException {
    Path receipt = folder.resolve("receipt-" + job + ".jsonl");
    try (OutputStream out = Files.newOutputStream(receipt)) {
      node.bean(ReceiptWriter.class).write(job, out);
    }
    return receipt;
  }

  private CheckResult check() throws Exception {
    try (ReceiptFile receipt = ReceiptFile.open(file)) {
      return node.bean(ReceiptCheck.class).check(receipt, 20);
    }
  }

  private MongoCollection<Document> replies() {
    return node.bean(MongoClient.class)
        .getDatabase(node.setting("tuodui.mongodb.database"))
        .getCollection("raw_reply");
  }

  private void assertOne(CheckResult result, String where, String what) {
    assertThat(result.holds()).isFalse();
    assertThat(result.discrepancies()).isEqualTo(1);
    assertThat(result.byPlace()).isEqualTo(Map.of(where, 1L));
    assertThat(result.first().get(0).item()).isEqualTo(ITEM);
    assertThat(result.first().get(0).what()).contains(what);
  }

  @Test
  void itExplainsEachIdWithItsEvidence() throws Exception {
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(1 + IDS);
    assertThat(new ObjectMapper().readTree(lines.get(0)).get("accepted").asInt()).isEqualTo(IDS);
    for (String text : lines.subList(1, lines.size())) {
      JsonNode line = new ObjectMapper().readTree(text);
      long id = line.get("item").asLong();
      assertThat(LIST).contains(id);
      assertThat(line.get("calls").asInt()).isEqualTo(1);
      assertThat(line.get("attempts").asInt()).isEqualTo(1);
      assertThat(line.get("account").asText()).startsWith("sim-");
      assertThat(Instant.parse(line.get("closedAt").asText())).isBefore(Instant.now());
      assertThat(line.at("/reply/hash").asText()).hasSize(64);
      if (SimulatedItems.published(id)) {
        assertThat(line.get("outcome").asText()).isEqualTo("succeeded");
        assertThat(line.at("/row/rawHash")).isEqualTo(line.at("/reply/hash"));
        assertThat(line.at("/row/fetchedAt")).isEqualTo(line.at("/reply/fetchedAt"));
        assertThat(line.at("/row/contentHash").asText()).hasSize(64);
      } else {
        assertThat(line.get("outcome").asText()).isEqualTo("gone");
      }
    }
    CheckResult result = check();
    assertThat(result.first()).isEmpty();
    assertThat(result.holds()).isTrue();
    assertThat(result.ids()).isEqualTo(IDS);
    assertThat(result.superseded()).isZero();
  }

  @Test
  void whatWasCollectedAgainIsSupersededAndNoError() throws Exception {
    node.complete(node.submit(ITEM));
    CheckResult result = check();
    assertThat(result.first()).isEmpty();
    assertThat(result.holds()).isTrue();
    assertThat(result.superseded()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DELETE FROM item WHERE item_id = :item                                             | row    | missing
          UPDATE item SET raw_hash = REVERSE(raw_hash) WHERE item_id = :item                 | row    | found
          UPDATE item SET content_hash = REVERSE(content_hash) WHERE item_id = :item         | row    | found
          UPDATE item SET fetched_at = fetched_at - INTERVAL 1 SECOND WHERE item_id = :item  | row    | found
          UPDATE job_task SET state = 'dead' WHERE item_id = :item                           | ledger | found dead
          UPDATE job_task SET state = 'cancelled', closed_at = closed_at - INTERVAL 1 SECOND WHERE item_id = :item | ledger | found cancelled
          UPDATE job_task SET calls = calls + 1 WHERE item_id = :item                        | ledger | found 2
          INSERT INTO task_attempt (item_id, source, token, attempt, at, calls, reply_class) SELECT item_id, source, 1, 2, closed_at, 1, 'succeeded' FROM job_task WHERE item_id = :item ORDER BY job_id DESC LIMIT 1 | ledger | attempt 1, found 2
          """)
  void whatMySqlSaysOtherwiseIsNamed(String statement, String where, String what) throws Exception {
    node.sql().sql(statement).param("item", ITEM).update();
    assertOne(check(), where, what);
  }

  @Test
  void anIdThatTheLedgerLacksIsNamed() throws Exception {
    node.sql().sql("DELETE FROM job_task WHERE item_id = ?").param(ITEM).update();
    CheckResult result = check();
    assertThat(result.byPlace()).isEqualTo(Map.of("ledger", 1L, "counts", 1L));
  }

  @Test
  void whatMongoDbSaysOtherwiseIsNamed() throws Exception {
    replies().updateOne(Filters.eq("itemId", ITEM), Updates.set("newest.hash", "0".repeat(64)));
    assertOne(check(), "reply", "found 000");
    replies()
        .updateOne(
            Filters.eq("itemId", ITEM), Updates.set("newest.fetchedAt", new Date(1_000_000_000L)));
    assertOne(check(), "reply", "1970-01-12");
    replies().deleteOne(Filters.eq("itemId", ITEM));
    assertOne(check(), "reply", "missing");
  }

  @Test
  void aFileThatWasChangedIsFoundOut() throws Exception {
    List<String> lines = Files.readAllLines(file);

    List<String> withoutLast = lines.subList(0, IDS);
    Files.write(file, withoutLast);
    assertThat(check().byPlace()).containsOnlyKeys("counts");

    List<String> twice = new ArrayList<>(lines);
    twice.set(2, lines.get(1));
    Files.write(file, twice);
    assertThat(check().byPlace()).containsKey("file");

    Files.writeString(
        file, String.join("\n", withoutLast) + "\n" + lines.get(IDS).substring(0, 40));
    CheckResult cut = check();
    assertThat(cut.byPlace()).containsEntry("file", 1L);
    assertThat(cut.ids()).isEqualTo(IDS - 1);
    assertThat(cut.first()).anyMatch(found -> found.what().contains("line " + (IDS + 1)));
  }

  @Test
  void whatIsNoReceiptIsRefused() throws Exception {
    String receipt = Files.readAllLines(file).get(0);
    for (String text : List.of("", "520000000325\n", "# ids\n", "{\"job\":1}\n", "\u0000\u0001")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> ReceiptFile.open(file))
          .isInstanceOf(NoReceipt.class)
          .hasMessageContaining("is no receipt");
    }
    Files.writeString(file, receipt);
    assertThatThrownBy(() -> ReceiptFile.open(file))
        .isInstanceOf(NoReceipt.class)
        .hasMessageContaining("without its ids");
    assertThatThrownBy(() -> ReceiptFile.open(folder.resolve("none")))
        .isInstanceOf(NoReceipt.class)
        .hasMessageContaining("is not there");
  }
}
