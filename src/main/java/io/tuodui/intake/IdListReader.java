package io.tuodui.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a list of item ids of any length in constant memory.
 *
 * <p>Takes text with one id a line, CSV (comma, semicolon or tab; the column {@code item_id},
 * {@code offer_id} or {@code id}, else the first) and JSON lines, told by the file's extension or
 * else by its content; wherever an id is expected, the address of a detail page will do. UTF-8,
 * UTF-16 with a byte order mark, and GBK. Blank lines and lines that begin with {@code #} are
 * skipped. What is no id is counted and reported, never guessed at.
 */
public final class IdListReader implements AutoCloseable {

  private final Lines lines;
  private final Entries entries;
  private final List<Rejection> firstRejections = new ArrayList<>();
  private final Map<Problem, Long> problems = new EnumMap<>(Problem.class);
  private long submitted;
  private long invalid;

  private IdListReader(Lines lines, Entries entries) {
    this.lines = lines;
    this.entries = entries;
  }

  /**
   * Opens a list and finds out its encoding and format.
   *
   * @param file read twice: once for its encoding, once for its ids; must not change meanwhile
   * @throws IOException if the file is not there or cannot be read
   * @throws UnreadableIdListException if the whole file is not a list: empty, a workbook, an
   *     archive or otherwise binary; the message says what to do
   */
  public static IdListReader open(Path file) throws IOException, UnreadableIdListException {
    Charset charset = Encoding.of(file);
    InputStream in = Files.newInputStream(file);
    try {
      if (charset.equals(StandardCharsets.UTF_8)) {
        in = withoutByteOrderMark(file, in);
      }
      Lines lines = new Lines(new InputStreamReader(in, charset));
      return new IdListReader(lines, Format.open(file, lines));
    } catch (IOException | UnreadableIdListException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static InputStream withoutByteOrderMark(Path file, InputStream in) throws IOException {
    byte[] start = in.readNBytes(3);
    boolean mark =
        start.length == 3
            && start[0] == (byte) 0xef
            && start[1] == (byte) 0xbb
            && start[2] == (byte) 0xbf;
    if (mark) {
      return in;
    }
    in.close();
    return Files.newInputStream(file);
  }

  /**
   * The next ids, in the order of the file, duplicates included.
   *
   * @param max how many at most, at least 1
   * @return an empty list at the end of the file, and only there
   * @throws IOException if the file can no longer be read
   */
  public List<Long> nextIds(int max) throws IOException {
    if (max < 1) {
      throw new IllegalArgumentException("max must be 1 or more, not " + max);
    }
    List<Long> ids = new ArrayList<>(Math.min(max, 10_000));
    while (ids.size() < max) {
      Entry entry = entries.next();
      if (entry == null) {
        break;
      }
      submitted++;
      if (entry.problem() != null) {
        reject(entry, entry.problem());
        continue;
      }
      IdText.Result result = IdText.parse(entry.text());
      if (result.problem() == null) {
        ids.add(result.id());
      } else {
        reject(entry, result.problem());
      }
    }
    return ids;
  }

  private void reject(Entry entry, Problem problem) {
    invalid++;
    problems.merge(problem, 1L, Long::sum);
    if (firstRejections.size() < IdListReport.MAX_REJECTIONS) {
      firstRejections.add(new Rejection(entry.line(), entry.text(), problem.words()));
    }
  }

  /** What was read so far; after {@link #nextIds} gave an empty list, all of the file. */
  public IdListReport report() {
    Map<String, Long> reasons = new LinkedHashMap<>();
    problems.forEach((problem, count) -> reasons.put(problem.words(), count));
    return new IdListReport(submitted, invalid, firstRejections, reasons);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
