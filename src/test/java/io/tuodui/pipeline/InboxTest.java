package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tuodui.NodeForTests;
import io.tuodui.SimulatedNode;
import io.tuodui.job.Receipt;
import io.tuodui.simulator.SimulatedItems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files dropped into the inbox: each becomes a job or a report that says why not. */
@ExtendWith(SimulatedNode.class)
class InboxTest {
  private static final List<String> IDS =
      SimulatedItems.ids(9_000).skip(8_990).mapToObj(Long::toString).toList();

  private NodeForTests node;

  @BeforeEach
  void use(NodeForTests node) {
    this.node = node;
  }

  private void drop(String name, byte[] content) throws IOException {
    drop(name, content, Instant.now());
  }

  private void drop(String name, byte[] content, Instant modified) throws IOException {
    Path outside = node.inbox().resolveSibling(UUID.randomUUID() + ".part");
    Files.write(outside, content);
    Files.setLastModifiedTime(outside, FileTime.from(modified));
    Files.createDirectories(node.inbox());
    Files.move(outside, node.inbox().resolve(name));
  }

  private void drop(String name, List<String> lines) throws IOException {
    drop(name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** The report beside the list that was moved to a folder, once both are there. */
  private JsonNode report(String folder, String name) throws IOException {
    Path report =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> moved(folder, name + ".report.json"), Optional::isPresent)
            .orElseThrow();
    await()
        .until(() -> moved(folder, name).isPresent() && !Files.exists(node.inbox().resolve(name)));
    return new ObjectMapper().readTree(report.toFile());
  }

  private Optional<Path> moved(String folder, String name) {
    if (!Files.isDirectory(node.inbox().resolve(folder))) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(node.inbox().resolve(folder))) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-" + name))
          .filter(file -> file.toFile().length() > 0)
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Long> jobsOf(String name) {
    return node.rows("SELECT job_id FROM job WHERE origin = ? ORDER BY job_id", name).stream()
        .map(row -> (Long) row.get("job_id"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"plain.txt", "with spaces 1.txt", "名单 (旧).txt", "no-extension", "a+b%20&c$.txt"})
  void aGoodListIsDoneWithItsReport(String name) throws Exception {
    drop(name, IDS);
    JsonNode report = report(".done", name);
    assertThat(report.path("origin").asText()).isEqualTo(name);
    assertThat(report.path("submitted").asInt()).isEqualTo(IDS.size());
    assertThat(report.path("accepted").asInt()).isEqualTo(IDS.size());
    assertThat(report.path("duplicates").asInt()).isZero();
    Receipt receipt = node.complete(report.path("job").asLong());
    assertThat(receipt.succeeded() + receipt.gone()).isEqualTo(IDS.size());
    assertThat(Files.readAllLines(moved(".done", name).orElseThrow())).isEqualTo(IDS);
  }

  @ParameterizedTest
  @CsvSource({"high,high", "low,low", "'',normal"})
  void aSubFolderSaysHowUrgentAListIs(String folder, String priority) throws Exception {
    String name = priority + ".txt";
    Files.createDirectories(node.inbox().resolve(folder));
    drop(Path.of(folder, name).toString(), IDS);
    long job = report(".done", name).path("job").asLong();
    assertThat(node.rows("SELECT priority FROM job WHERE job_id = ?", job))
        .containsExactly(Map.of("priority", priority));
    assertThat(node.inbox().resolve(folder).resolve(name)).doesNotExist();
    node.complete(job);
  }

  @Test
  void aListInAnotherSubFolderIsLeftAlone() throws Exception {
    Files.createDirectories(node.inbox().resolve("drafts"));
    drop("drafts/draft.txt", IDS);
    drop("after-the-draft.txt", IDS);
    report(".done", "after-the-draft.txt");
    assertThat(jobsOf("draft.txt")).isEmpty();
    assertThat(node.inbox().resolve("drafts/draft.txt")).exists();
  }

  @Test
  void aReportTellsWhichLinesWereNoIds() throws Exception {
    drop("mixed.txt", List.of(IDS.get(0), "", "not-an-id", IDS.get(0), IDS.get(1)));
    JsonNode report = report(".done", "mixed.txt");
    assertThat(report.path("accepted").asInt()).isEqualTo(2);
    assertThat(report.path("duplicates").asInt()).isEqualTo(1);
    assertThat(report.path("invalid").asInt()).isEqualTo(1);
    JsonNode rejection = report.path("rejections").get(0);
    assertThat(rejection.path("line").asInt()).isEqualTo(3);
    assertThat(rejection.path("text").asText()).isEqualTo("not-an-id");
    assertThat(rejection.path("reason").asText()).isNotBlank();
  }

  @Test
  void aListWithoutAnIdFailsWithLineAndReason() throws Exception {
    drop("坏 名单.txt", List.of("# nothing good", "-12", "123456789012345678901234567890"));
    JsonNode report = report(".failed", "坏 名单.txt");
    assertThat(report.has("job")).isFalse();
    assertThat(report.path("error").asText()).contains("line 2", "-12");
    assertThat(report.path("rejections").findValuesAsText("line")).containsExactly("2", "3");
    assertThat(jobsOf("坏 名单.txt")).isEmpty();
  }

  @Test
  void aBinaryFileFailsWithAReason() throws Exception {
    byte[] binary = new byte[5_000];
    for (int i = 0; i < binary.length; i++) {
      binary[i] = (byte) (i * 31 ^ i >> 3);
    }
    drop("picture.txt", binary);
    assertThat(report(".failed", "picture.txt").path("error").asText()).contains("picture.txt");
    assertThat(jobsOf("picture.txt")).isEmpty();
  }

  @Test
  void aListOfCommentsFailsWithAReason() throws Exception {
    drop("comment.txt", List.of("# only this", ""));
    assertThat(report(".failed", "comment.txt").path("error").asText()).isNotBlank();
  }

  @Test
  void aFileThatStaysEmptyFailsWithAReason() throws Exception {
    drop("nothing.txt", new byte[0], Instant.now().minus(Duration.ofMinutes(2)));
    Path report =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> moved(".failed", "nothing.txt.report.json"), Optional::isPresent)
            .orElseThrow();
    assertThat(report).content().contains("nothing.txt is empty");
  }

  /** Such as one that a slow program's output goes to, or that a slow upload has begun. */
  @Test
  void filesThatAreNotWholeYetHoldUpNoOthers() throws Exception {
    drop("a-still-empty.txt", new byte[0], Instant.now());
    Path empty = node.inbox().resolve("a-still-empty.txt");
    Instant never = Instant.now().plus(Duration.ofHours(1));
    drop("a-never-settled.txt", IDS.get(0).getBytes(StandardCharsets.UTF_8), never);
    Path unsettled = node.inbox().resolve("a-never-settled.txt");
    try {
      for (String name : List.of("beside-1.txt", "beside-2.txt", "beside-3.txt")) {
        drop(name, IDS);
        assertThat(report(".done", name).path("accepted").asInt()).isEqualTo(IDS.size());
      }
      assertThat(List.of(empty, unsettled)).allSatisfy(file -> assertThat(file).exists());
      Files.write(empty, IDS);
      assertThat(report(".done", "a-still-empty.txt").path("accepted").asInt())
          .isEqualTo(IDS.size());
    } finally {
      Files.delete(unsettled);
    }
  }

  @Test
  void aListThatFailsForWhatNobodyThoughtOfIsReportedAndGoesOnWhenItIsPutBack() throws Exception {
    node.sql()
        .sql(
            "CREATE TRIGGER unforeseen BEFORE INSERT ON job_task FOR EACH ROW IF NEW.item_id = %s"
                    .formatted(IDS.get(0))
                + " THEN SIGNAL SQLSTATE '23000' SET MYSQL_ERRNO = 1452; END IF")
        .update();
    try {
      drop("unforeseen.txt", IDS);
      assertThat(report(".failed", "unforeseen.txt").path("error").asText())
          .contains("SQLIntegrityConstraintViolation", "Put it back into the inbox");
    } finally {
      node.sql().sql("DROP TRIGGER unforeseen").update();
    }
    Files.move(
        moved(".failed", "unforeseen.txt").orElseThrow(), node.inbox().resolve("unforeseen.txt"));
    long job = report(".done", "unforeseen.txt").path("job").asLong();
    assertThat(jobsOf("unforeseen.txt")).containsExactly(job);
    assertThat(node.complete(job).accepted()).isEqualTo(IDS.size());
  }

  @ParameterizedTest
  @CsvSource({"UTF-8, utf8.csv", "GBK, gbk.csv", "UTF-16LE, utf16.csv"})
  void aTableIsReadInItsEncoding(String encoding, String name) throws Exception {
    String table =
        IDS.stream()
            .map(id -> "\"男装, 新款\"," + id + ",红色")
            .collect(Collectors.joining("\r\n", "商品标题,item_id,颜色\r\n", "\r\n"));
    String mark = encoding.startsWith("UTF-16") ? "\uFEFF" : "";
    drop(name, (mark + table).getBytes(Charset.forName(encoding)));
    assertThat(report(".done", name).path("accepted").asInt()).isEqualTo(IDS.size());
  }

  @Test
  void theSameListDroppedAgainIsANewJob() throws Exception {
    drop("again.txt", IDS);
    node.complete(report(".done", "again.txt").path("job").asLong());
    drop("again.txt", IDS);
    List<Long> jobs = await().until(() -> jobsOf("again.txt"), list -> list.size() == 2);
    Receipt second = node.complete(jobs.get(1));
    assertThat(second.accepted()).isEqualTo(IDS.size());
    assertThat(second.open()).isZero();
  }

  @Test
  void aFileThatStillGrowsIsNotReadEarly() throws Exception {
    Path file = node.inbox().resolve("growing.txt");
    Files.createDirectories(node.inbox());
    int lines = 24;
    AtomicInteger written = new AtomicInteger();
    ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
    try {
      writer.scheduleAtFixedRate(
          () -> {
            int line = written.get();
            if (line < lines) {
              append(file, (700_000_000_000L + line) + "\n");
              written.incrementAndGet();
            }
          },
          0,
          100,
          TimeUnit.MILLISECONDS);
      JsonNode report = report(".done", "growing.txt");
      assertThat(written.get()).as("read after the last line").isEqualTo(lines);
      assertThat(report.path("accepted").asInt()).isEqualTo(lines);
      assertThat(jobsOf("growing.txt")).hasSize(1);
    } finally {
      writer.shutdownNow();
    }
  }

  private static void append(Path file, String line) {
    try {
      Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aFileStillUnderItsWorkingNameIsLeftAlone() throws Exception {
    drop("later.txt.part", IDS);
    drop("now.txt", IDS);
    report(".done", "now.txt");
    assertThat(node.inbox().resolve("later.txt.part")).exists();
    assertThat(jobsOf("later.txt.part")).isEmpty();
    Files.move(node.inbox().resolve("later.txt.part"), node.inbox().resolve("later.txt"));
    assertThat(report(".done", "later.txt").path("accepted").asInt()).isEqualTo(IDS.size());
  }

  /** A full disk or a folder without rights: here {@code .done} is a file, so nothing can go in. */
  @Test
  void aListThatCannotBeMovedIsOneJobAndIsMovedWhenThatIsPossible() throws Exception {
    Path done = node.inbox().resolve(".done");
    Path away = node.inbox().resolveSibling("done-away");
    if (Files.exists(done)) {
      Files.move(done, away);
    }
    Files.createDirectories(node.inbox());
    Files.writeString(done, "in the way");
    List<Long> jobs;
    try {
      drop("stuck.txt", IDS);
      jobs = await().until(() -> jobsOf("stuck.txt"), list -> !list.isEmpty());
      node.complete(jobs.get(0));
      await().during(Duration.ofSeconds(2)).until(() -> jobsOf("stuck.txt").size() == 1);
      assertThat(node.inbox().resolve("stuck.txt")).exists();
    } finally {
      Files.delete(done);
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> moved(".done", "stuck.txt").isPresent());
    assertThat(jobsOf("stuck.txt")).isEqualTo(jobs);
    assertThat(report(".done", "stuck.txt").path("job").asLong()).isEqualTo(jobs.get(0));
  }
}
