package io.tuodui.intake;

import java.util.ArrayList;
import java.util.List;

/** One row of a table with quoted cells, fed line by line until it is complete. */
final class CsvRow {

  enum State {
    /** All quotes are closed. */
    COMPLETE,
    /** Within quotes: the row goes on in the next line. */
    OPEN,
    /** A quote is closed, but the cell goes on: these quotes are not meant as quotes. */
    BROKEN
  }

  private final char separator;
  private final List<String> cells = new ArrayList<>();
  private final StringBuilder cell = new StringBuilder();
  private boolean quoted;
  private boolean wasQuoted;

  CsvRow(char separator) {
    this.separator = separator;
  }

  /** The cells of a line in which quotes mean nothing. */
  static List<String> unquoted(String line, char separator) {
    List<String> cells = new ArrayList<>();
    int start = 0;
    for (int end = line.indexOf(separator); end >= 0; end = line.indexOf(separator, start)) {
      cells.add(line.substring(start, end));
      start = end + 1;
    }
    cells.add(line.substring(start));
    return cells;
  }

  State add(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c != '"') {
          cell.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          cell.append(c); // a doubled quote stands for one
          i++;
        } else {
          quoted = false;
          wasQuoted = true;
        }
      } else if (c == separator) {
        endCell();
      } else if (wasQuoted) {
        if (c != ' ') {
          return State.BROKEN;
        }
      } else if (c == '"' && cell.toString().isBlank()) {
        quoted = true;
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    if (quoted) {
      return State.OPEN;
    }
    endCell();
    return State.COMPLETE;
  }

  private void endCell() {
    cells.add(cell.toString());
    cell.setLength(0);
    wasQuoted = false;
  }

  List<String> cells() {
    return cells;
  }
}
