package io.tuodui.intake;

import java.io.IOException;

/** One entry a line. */
final class TextEntries implements Entries {

  private final Lines lines;
  private boolean first = true;

  TextEntries(Lines lines) {
    this.lines = lines;
  }

  @Override
  public Entry next() throws IOException {
    for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
      String text = IdText.trim(line.text());
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      boolean header = first && IdColumn.isName(text);
      first = false;
      if (!header) {
        return new Entry(line.number(), text, line.cut() ? Problem.TOO_LONG : null);
      }
    }
    return null;
  }
}
