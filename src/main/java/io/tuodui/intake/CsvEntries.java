package io.tuodui.intake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The id column of a table with cells separated by comma, semicolon or tab. A parser of our own,
 * because the ones at hand give up or swallow rows at a stray quote: here a quote that is not
 * closed within 100 lines, or is closed in the middle of a cell, is taken for an ordinary
 * character, so that no id behind it is lost.
 */
final class CsvEntries implements Entries {

  private static final int MAX_LINES_OF_A_ROW = 100;

  private final Lines lines;
  private final char separator;
  private int column = -1;

  CsvEntries(Lines lines, char separator) {
    this.lines = lines;
    this.separator = separator;
  }

  @Override
  public Entry next() throws IOException {
    for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
      if (line.text().stripLeading().startsWith("#") || line.text().isBlank()) {
        continue;
      }
      if (line.cut()) {
        return new Entry(line.number(), line.text(), Problem.TOO_LONG);
      }
      List<String> row = row(line);
      if (row.stream().allMatch(cell -> IdText.trim(cell).isEmpty())) {
        continue;
      }
      if (column < 0) {
        column = IdColumn.in(row);
        if (IdColumn.isHeader(row)) {
          continue;
        }
      }
      return entry(line, row);
    }
    return null;
  }

  private Entry entry(Lines.Line line, List<String> row) {
    String cell = column < row.size() ? IdText.trim(row.get(column)) : "";
    return cell.isEmpty()
        ? new Entry(line.number(), line.text(), Problem.NO_ID_IN_ROW)
        : new Entry(line.number(), cell);
  }

  private List<String> row(Lines.Line first) throws IOException {
    if (first.text().indexOf('"') < 0) {
      return CsvRow.unquoted(first.text(), separator);
    }
    CsvRow row = new CsvRow(separator);
    CsvRow.State state = row.add(first.text());
    List<Lines.Line> further = new ArrayList<>();
    while (state == CsvRow.State.OPEN && further.size() < MAX_LINES_OF_A_ROW) {
      Lines.Line line = lines.next();
      if (line == null) {
        break;
      }
      further.add(line);
      state = line.cut() ? CsvRow.State.BROKEN : row.add("\n" + line.text());
    }
    if (state == CsvRow.State.COMPLETE) {
      return row.cells();
    }
    lines.putBack(further);
    return CsvRow.unquoted(first.text(), separator);
  }
}
