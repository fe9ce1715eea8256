package io.tuodui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code collect}, from the command line to the receipt. */
class CollectIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BIG = "9".repeat(30);

  /** Its data folder is shared by the tests: a start on data that are there is faster. */
  private static final Path FOLDER = Tuodui.folder("collect");

  private static SimulatorProcess simulator;

  @BeforeAll
  static void startSimulator() throws IOException {
    simulator = SimulatorProcess.start(FOLDER, "--accounts", "3", "--latency", "50");
    SimulatorProcess.writeAccounts(FOLDER.resolve("accounts.yaml"), 3, 10);
  }

  @AfterAll
  static void stopSimulator() {
    simulator.close();
  }

  @Test
  void aReceiptWithItsIdsHoldsUntilItIsChangedAndTheStoresAgree() throws IOException {
    SimulatorProcess.writeIds(FOLDER.resolve("to-verify.txt"), 12);
    long job = receipts(collect("accounts.yaml", "to-verify.txt")).get(0).get("job").asLong();

    Tuodui.Result written =
        Tuodui.run(FOLDER, "receipt", Long.toString(job), "--json", "--ids", "receipt.jsonl");
    assertThat(written.exitCode()).as(written.err()).isZero();
    assertThat(receipts(written)).hasSize(1).allSatisfy(CollectIT::assertExplained);
    List<String> lines = Files.readAllLines(FOLDER.resolve("receipt.jsonl"));
    assertThat(lines).hasSize(13);

    Tuodui.Result verified = Tuodui.run(FOLDER, "verify", "receipt.jsonl");
    assertThat(verified.exitCode()).as(verified.out() + verified.err()).isZero();
    assertThat(verified.out()).contains("12 ids checked: all holds");

    Files.write(FOLDER.resolve("shortened.jsonl"), lines.subList(0, 12));
    Tuodui.Result shortened = Tuodui.run(FOLDER, "verify", "shortened.jsonl", "--json");
    assertThat(shortened.exitCode()).isEqualTo(1);
    assertThat(JSON.readTree(shortened.out()).at("/byPlace/counts").asInt()).isPositive();

    Tuodui.Result reconciled = Tuodui.run(FOLDER, "reconcile", "--dry-run", "--json");
    assertThat(reconciled.exitCode()).as(reconciled.err()).isZero();
    assertThat(JSON.readTree(reconciled.out()).get("reopened").asInt()).isZero();
  }

  @Test
  void aFileThatIsNoReceiptIsSaidToBeNone() throws IOException {
    Files.writeString(FOLDER.resolve("ids.txt"), "520000000325\n");
    Tuodui.Result refused = Tuodui.run(FOLDER, "verify", "ids.txt");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("ids.txt is no receipt").doesNotContain("\tat ");
  }

  @Test
  void explainsEveryEntryOfSeveralListsAndWarnsOnStandardErrorOnly() throws IOException {
    List<String> ids = SimulatorProcess.writeIds(FOLDER.resolve("known.txt"), 20);
    String fullWidth =
        ids.get(2)
            .chars()
            .mapToObj(digit -> String.valueOf((char) (digit + 0xFEE0)))
            .reduce("", String::concat);
    Files.writeString(
        FOLDER.resolve("a list.txt"),
        String.join(
            "\r\n",
            "\uFEFF# a comment",
            ids.get(0),
            "",
            ids.get(0),
            BIG,
            "-5",
            fullWidth,
            "https://detail.1688.com/offer/" + ids.get(1) + ".html"));
    Files.writeString(
        FOLDER.resolve("编号.csv"), "name,item_id\n" + "x," + ids.get(3) + "\n" + "y,nothing\n");
    // One account that the gateway does not know, beside those that it does.
    Files.writeString(
        FOLDER.resolve("with-stranger.yaml"),
        Files.readString(FOLDER.resolve("accounts.yaml"))
            + "  - {name: stranger, app-key: \"1\", app-secret: s, access-token: t}\n");

    Tuodui.Result result = collect("with-stranger.yaml", "a list.txt", "编号.csv", "known.txt");

    assertThat(result.exitCode()).as(result.err()).isZero();
    List<JsonNode> receipts = receipts(result);
    assertThat(receipts).hasSize(3).allSatisfy(CollectIT::assertExplained);
    assertCounts(receipts.get(0), 6, 3, 1, 2);
    assertCounts(receipts.get(1), 2, 1, 0, 1);
    assertCounts(receipts.get(2), 20, 20, 0, 0);
    assertThat(result.err()).containsOnlyOnce("account stranger (app key 1) is suspended");
    assertThat(result.err()).doesNotContain("\tat ");
  }

  @Test
  void saysWhatIsWrongWithEachListAndCollectsTheGoodOne() throws IOException {
    Files.write(FOLDER.resolve("binary.bin"), new byte[] {0x7f, 'E', 'L', 'F', 0, 1, 2, 0, 0});
    Files.writeString(FOLDER.resolve("empty.txt"), "\n# nothing\n");
    Files.writeString(FOLDER.resolve("wrong.txt"), "no id\n" + BIG + "\n-7\n");
    SimulatorProcess.writeIds(FOLDER.resolve("good.txt"), 5);

    Tuodui.Result result =
        collect("accounts.yaml", "binary.bin", "empty.txt", "wrong.txt", "good.txt");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(receipts(result)).hasSize(1).allSatisfy(CollectIT::assertExplained);
    assertCounts(receipts(result).get(0), 5, 5, 0, 0);
    assertThat(result.err())
        .contains("binary.bin is not a text file")
        .contains("empty.txt is not collected: it holds no item id")
        .contains("wrong.txt is not collected: none of its 3 entries is an item id; line 1")
        .doesNotContain("\tat ");
  }

  @Test
  void keepsTheJobWhenNoAccountCanBeUsedAndCompletesItOnceOneCan() throws IOException {
    SimulatorProcess.writeIds(FOLDER.resolve("kept.txt"), 30);
    String accounts = Files.readString(FOLDER.resolve("accounts.yaml"));
    Files.writeString(
        FOLDER.resolve("wrong-secrets.yaml"),
        accounts.replaceAll("app-secret: .*", "app-secret: wrong"));

    Tuodui.Result refused = collect("wrong-secrets.yaml", "kept.txt");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err())
        .contains("No account can be used any more:")
        .containsPattern("sim-001: .*SignatureInvalid.*check its app-key and app-secret")
        .containsPattern("sim-003: .*SignatureInvalid")
        .containsPattern("Job \\d+ keeps 30 open ids")
        .doesNotContain("\tat ");

    Tuodui.Result mended = collect("accounts.yaml", "kept.txt");

    assertThat(mended.exitCode()).as(mended.err()).isZero();
    JsonNode receipt = receipts(mended).get(0);
    assertExplained(receipt);
    assertCounts(receipt, 30, 30, 0, 0);
    assertThat(refused.err()).contains("Job " + receipt.get("job").asLong() + " keeps");
  }

  private static Tuodui.Result collect(String accounts, String... files) {
    List<String> arguments = new ArrayList<>(List.of("collect"));
    arguments.addAll(List.of(files));
    arguments.addAll(
        List.of(
            "--json",
            "--server.port=0",
            "--tuodui.gateway.base-url=" + simulator.url(),
            "--tuodui.accounts-file=" + accounts));
    return Tuodui.run(FOLDER, arguments.toArray(String[]::new));
  }

  /** Standard output, which must be JSON line by line. */
  private static List<JsonNode> receipts(Tuodui.Result result) throws IOException {
    List<JsonNode> receipts = new ArrayList<>();
    for (String line : result.out().lines().toList()) {
      receipts.add(JSON.readTree(line));
    }
    return receipts;
  }

  private static void assertExplained(JsonNode receipt) {
    assertThat(receipt.get("complete").asBoolean()).isTrue();
    assertThat(receipt.get("open").asInt()).isZero();
    assertThat(receipt.get("accepted").asInt())
        .isEqualTo(
            receipt.get("succeeded").asInt()
                + receipt.get("gone").asInt()
                + receipt.get("dead").asInt()
                + receipt.get("cancelled").asInt());
    assertThat(receipt.get("dead").asInt()).isZero();
  }

  private static void assertCounts(
      JsonNode receipt, int submitted, int accepted, int duplicates, int invalid) {
    assertThat(
            List.of(
                receipt.get("submitted").asInt(),
                receipt.get("accepted").asInt(),
                receipt.get("duplicates").asInt(),
                receipt.get("invalid").asInt()))
        .as("submitted, accepted, duplicates, invalid")
        .containsExactly(submitted, accepted, duplicates, invalid);
  }
}
