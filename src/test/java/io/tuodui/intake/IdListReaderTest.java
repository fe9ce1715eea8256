package io.tuodui.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdListReaderTest {

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void linesEndAsOnUnixWindowsAndOldMacs(String end) throws Exception {
    Read read = read("a.txt", String.join(end, "1", "", "# comment", "x2", "3") + end);
    assertThat(read.ids).containsExactly(1L, 3L);
    assertThat(read.report.submitted()).isEqualTo(3);
    assertThat(read.report.firstRejections())
        .containsExactly(new Rejection(4, "x2", Problem.NOT_A_NUMBER.words()));
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8, ''",
    "UTF-8, '\ufeff'",
    "UTF-16LE, '\ufeff'",
    "UTF-16BE, '\ufeff'",
    "GBK, ''",
    "GB18030, ''"
  })
  void findsOutTheEncoding(String charset, String mark) throws Exception {
    String text = mark + "标题,item_id\n连衣裙夏季,1\n女装，长裙,2\n商品,三\n";
    Read read = read("a.csv", text.getBytes(Charset.forName(charset)));
    assertThat(read.ids).containsExactly(1L, 2L);
    assertThat(read.report.firstRejections())
        .containsExactly(new Rejection(4, "三", Problem.NOT_A_NUMBER.words()));
  }

  @Test
  void encodingIsToldFromAllOfTheFileNotFromItsStart() throws Exception {
    byte[] start = "1\n".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(start);
    bytes.write("连衣裙\n2\n".getBytes("GBK"));
    Read read = read("a.txt", bytes.toByteArray());
    assertThat(read.ids).hasSize(100_001);
    assertThat(read.report.firstRejections().get(0).text()).isEqualTo("连衣裙");
    assertThat(read.report.firstRejections().get(0).line()).isEqualTo(100_001);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a.csv   | item_id,title\\n1,x\\n2,y                                  | 1 2",
        "a.csv   | title,Offer_ID\\nx,1\\ny,2                                 | 1 2",
        "a.csv   | id,offer_id,item_id\\n7,8,1\\n7,8,2                        | 1 2",
        "a.csv   | 1,x\\n2,y                                                  | 1 2",
        "a.csv   | 1\\n2                                                      | 1 2",
        "a.csv   | 商品编号,标题\\n1,x\\n2,y                                   | 1 2",
        "a.csv   | title;ID\\n\"a;b\";1\\nc;2                                 | 1 2",
        "a.csv   | title\\titem_id\\nx\\t1\\ny\\t2                            | 1 2",
        "a.tsv   | 1\\tx, y, z\\n2\\ty                                        | 1 2",
        "a.csv   | title,item_id\\n\"a, \"\"b\"\"\\nc\",1\\n\"d\",\"2\"       | 1 2",
        "a.csv   | # made by hand\\n\\nitem_id\\n1\\n,,,\\n2                  | 1 2",
        "a.csv   | item_id,title\\n1,\"5\" monitor\\n2,\"6\" monitor          | 1 2",
        "a.csv   | item_id,title\\n1,\"never closed\\n2,x                     | 1 2",
        "a.csv   | item_id,title\\n=\"1\",x\\n'2,y                            | 1 2",
        "a.csv   | \"https://detail.1688.com/offer/1.html?a=1,2\",x\\n2,y     | 1 2",
        "a.txt   | item_id\\n1\\n2                                            | 1 2",
        "a.txt   | title,item_id\\nx,1\\ny,2                                  | 1 2",
        "a.txt   | 1,\\n2;                                                    | 1 2",
        "a.txt   | {\"item_id\":1}\\n{\"item_id\":2}                          | 1 2",
        "a.jsonl | {\"id\":9,\"item_id\":1}\\n{\"offer_id\":\"2\"}            | 1 2",
        "a.jsonl | {\"a\":{\"id\":9},\"offerId\":1},\\n{\"itemId\":\"２\"}     | 1 2",
        "a.jsonl | 1\\n\"2\"                                                  | 1 2",
        "a.jsonl | \"https:\\/\\/detail.1688.com\\/offer\\/1.html\"\\n# c\\n2 | 1 2",
        "list    | 1\\n2                                                      | 1 2",
        "list    | https://detail.1688.com/offer/1.html?a=b,c\\n2             | 1 2",
        "list    | 1,x\\n2,y                                                  | 1 2",
        "list    | {\"id\":1}\\n{\"id\":2}                                    | 1 2",
        "a.dat   | \"1\"\\n\"2\"                                              | 1 2"
      })
  void readsWhatPeopleHave(String name, String text, String ids) throws Exception {
    Read read = read(name, text.replace("\\n", "\n").replace("\\t", "\t"));
    assertThat(read.report.firstRejections()).isEmpty();
    assertThat(read.ids.stream().map(String::valueOf)).containsExactly(ids.split(" "));
    assertThat(read.report.submitted()).isEqualTo(2);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a.csv   | title,item_id\\nx,1\\ny,\\nz,3        | 3 | y,             | NO_ID_IN_ROW",
        "a.csv   | title,item_id\\nx,1\\ny               | 3 | y              | NO_ID_IN_ROW",
        "a.csv   | title,item_id\\n\"x\\ny\",1\\nz,6.7E+11 | 4 | 6.7E+11      | SCIENTIFIC",
        "a.csv   | 12O45,x\\n1,y                         | 1 | 12O45          | NOT_A_NUMBER",
        "a.jsonl | {\"id\":1}\\n{\"title\":\"x\"}        | 2 | {\"title\":\"x\"} | NO_ID_IN_OBJECT",
        "a.jsonl | {\"id\":1}\\n{\"id\":null}            | 2 | {\"id\":null}  | NO_ID_IN_OBJECT",
        "a.jsonl | {\"id\":1}\\n[2]                      | 2 | [2]            | NO_ID_IN_OBJECT",
        "a.jsonl | {\"id\":1}\\n{\"id\":                 | 2 | {\"id\":       | BROKEN_JSON",
        "a.jsonl | {\"id\":1}\\n{\"id\":2}{\"id\":3}     | 2 | {\"id\":2}{\"id\":3} | SEVERAL",
        "a.jsonl | {\"id\":1}\\n{\"id\":6.7E+11}         | 2 | 6.7E+11        | SCIENTIFIC",
        "a.jsonl | {\"id\":1}\\n{\"id\":-5}              | 2 | -5             | NEGATIVE"
      })
  void saysWhereAndWhy(String name, String text, long line, String entry, Problem problem)
      throws Exception {
    Read read = read(name, text.replace("\\n", "\n"));
    assertThat(read.ids).contains(1L);
    assertThat(read.report.firstRejections())
        .containsExactly(new Rejection(line, entry, problem.words()));
    assertThat(read.report.reasons()).containsEntry(problem.words(), 1L);
  }

  @Test
  void noIdBehindAStrayQuoteIsLost() throws Exception {
    String rows =
        String.join("\n", IntStream.rangeClosed(1, 500).mapToObj(i -> i + ",t" + i).toList());
    Read read = read("a.csv", "item_id,title\n1000,\"open\n" + rows);
    assertThat(read.ids).hasSize(501);
  }

  @Test
  void duplicatesAreKeptForTheLedgerToFind() throws Exception {
    assertThat(read("a.txt", "5\n5\n5\n").ids).containsExactly(5L, 5L, 5L);
  }

  @Test
  void anEntryIsCutInTheReportAndALineWithoutEndDoesNotFillTheMemory() throws Exception {
    Read read = read("a.txt", "1\n" + "9".repeat(3_000_000) + "\n2\n" + "x".repeat(500));
    assertThat(read.ids).containsExactly(1L, 2L);
    assertThat(read.report.firstRejections())
        .containsExactly(
            new Rejection(2, "9".repeat(80), Problem.TOO_LONG.words()),
            new Rejection(4, "x".repeat(80), Problem.NOT_A_NUMBER.words()));
  }

  @Test
  void aListOfCommentsHasNoEntries() throws Exception {
    assertThat(read("a.csv", "# nothing\n\n").report)
        .isEqualTo(new IdListReport(0, 0, List.of(), Map.of()));
  }

  @Test
  void filesThatAreNoListsAreRefusedAsAWhole() throws Exception {
    refused("a.txt", new byte[0], "empty");
    refused("a.txt", new byte[] {'1', '\n', 0, '2'}, "NUL");
    refused("a.txt", "1\n2\n".getBytes(StandardCharsets.UTF_16LE), "UTF-8");
    refused("a.xls", new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, 1}, "CSV");
    refused("a.json", "\n [1,2]".getBytes(StandardCharsets.UTF_8), "JSON array");
    refused("a.pdf", "%PDF-1.7".getBytes(StandardCharsets.US_ASCII), "document");
    refused("a.csv", zip("xl/workbook.xml"), "Excel workbook");
    refused("a.xlsx", zip("[Content_Types].xml"), "export the sheet as CSV");
    refused("a.zip", zip("ids.txt"), "unpack");
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    new GZIPOutputStream(gzip).close();
    refused("a.txt.gz", gzip.toByteArray(), "gzip");
    assertThatThrownBy(() -> IdListReader.open(temp.resolve("missing.txt")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aMillionLinesAreReadInChunksAndReportedInBoundedSize() throws Exception {
    Path file = temp.resolve("million.txt");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 1; i <= 1_000_000; i++) {
        out.write(i % 1_000 == 0 ? "bad" + i : Long.toString(600_000_000_000L + i));
        out.write('\n');
      }
    }
    long ids = 0;
    long sum = 0;
    IdListReport report;
    try (IdListReader reader = IdListReader.open(file)) {
      for (List<Long> chunk = reader.nextIds(5_000);
          !chunk.isEmpty();
          chunk = reader.nextIds(5_000)) {
        assertThat(chunk).hasSizeLessThanOrEqualTo(5_000);
        ids += chunk.size();
        sum += chunk.stream().mapToLong(id -> id - 600_000_000_000L).sum();
      }
      report = reader.report();
    }
    assertThat(ids).isEqualTo(999_000);
    assertThat(sum).isEqualTo(500_000_500_000L - 1_000L * 1_000 * 1_001 / 2);
    assertThat(report.submitted()).isEqualTo(1_000_000);
    assertThat(report.invalid()).isEqualTo(1_000);
    assertThat(report.firstRejections()).hasSize(IdListReport.MAX_REJECTIONS);
    assertThat(report.reasons()).containsExactly(Map.entry(Problem.NOT_A_NUMBER.words(), 1_000L));
  }

  private record Read(List<Long> ids, IdListReport report) {}

  private Read read(String name, String text) throws Exception {
    return read(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private Read read(String name, byte[] bytes) throws Exception {
    Path file = Files.write(temp.resolve(name), bytes);
    List<Long> ids = new ArrayList<>();
    try (IdListReader reader = IdListReader.open(file)) {
      for (List<Long> chunk = reader.nextIds(3); !chunk.isEmpty(); chunk = reader.nextIds(3)) {
        ids.addAll(chunk);
      }
      return new Read(ids, reader.report());
    }
  }

  private void refused(String name, byte[] bytes, String words) throws IOException {
    Path file = Files.write(temp.resolve(name), bytes);
    assertThatThrownBy(() -> IdListReader.open(file))
        .isInstanceOf(UnreadableIdListException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(words);
  }

  private static byte[] zip(String entry) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(entry));
    }
    return bytes.toByteArray();
  }
}
