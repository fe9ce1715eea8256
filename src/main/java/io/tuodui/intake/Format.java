package io.tuodui.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How the entries of an id list are written, told by the file's extension, else by its start. */
enum Format {
  TEXT,
  CSV,
  JSON_LINES;

  private static final int LINES_TO_LOOK_AT = 200;

  /** Opens the entries of a text; looks at its first lines, and leaves them to be read. */
  static Entries open(Path file, Lines lines) throws IOException, UnreadableIdListException {
    String first = firstEntry(lines);
    if (first.startsWith("[")) {
      throw new UnreadableIdListException(
          file, "is one JSON array: write one JSON value on each line (JSON lines)");
    }
    return switch (of(file, first)) {
      case TEXT -> new TextEntries(lines);
      case CSV -> new CsvEntries(lines, separator(file, first));
      case JSON_LINES -> new JsonEntries(lines);
    };
  }

  private static Format of(Path file, String first) {
    if (first.startsWith("{")) {
      return JSON_LINES; // whatever the name says
    }
    return switch (extension(file)) {
      case "txt" -> hasIdColumn(first) ? CSV : TEXT;
      case "csv", "tsv" -> CSV;
      case "jsonl", "ndjson", "json" -> JSON_LINES;
      default -> byContent(first);
    };
  }

  private static boolean hasIdColumn(String first) {
    String[] cells = first.split("[,;\t]");
    return cells.length > 1 && Arrays.stream(cells).anyMatch(IdColumn::isName);
  }

  private static Format byContent(String first) {
    String text = IdText.trim(first);
    boolean table = text.chars().anyMatch(c -> c == ',' || c == ';' || c == '\t');
    boolean address = text.startsWith("http") || text.startsWith("//");
    // A quoted entry, too: only in a table do quotes hold line ends
    return (table && !address) || first.startsWith("\"") ? CSV : TEXT;
  }

  private static char separator(Path file, String first) {
    if (extension(file).equals("tsv")) {
      return '\t';
    }
    char best = ',';
    long most = 0;
    for (char candidate : new char[] {',', ';', '\t'}) {
      long count = count(first, candidate);
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
  }

  private static long count(String line, char separator) {
    long count = 0;
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      quoted ^= line.charAt(i) == '"';
      if (!quoted && line.charAt(i) == separator) {
        count++;
      }
    }
    return count;
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String firstEntry(Lines lines) throws IOException {
    List<Lines.Line> seen = new ArrayList<>();
    String first = "";
    while (first.isEmpty() && seen.size() < LINES_TO_LOOK_AT) {
      Lines.Line line = lines.next();
      if (line == null) {
        break;
      }
      seen.add(line);
      String text = line.text().strip();
      first = text.startsWith("#") ? "" : text;
    }
    lines.putBack(seen);
    return first;
  }
}
