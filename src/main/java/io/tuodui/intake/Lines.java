package io.tuodui.intake;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The lines of a text, ended by LF, CRLF or CR, with their numbers; lines can be put back. */
final class Lines implements Closeable {

  /** Of longer lines only so much is kept, so that memory stays bounded. */
  static final int MAX_LENGTH = 1_000_000;

  /**
   * @param number from 1
   * @param text without its end
   * @param cut whether the line is longer than {@link #MAX_LENGTH} and {@code text} only its start
   */
  record Line(long number, String text, boolean cut) {}

  private final Reader reader;
  private final char[] buffer = new char[64 * 1024];
  private int position;
  private int limit;
  private boolean skipLineFeed;
  private long number;
  private final Deque<Line> putBack = new ArrayDeque<>();

  Lines(Reader reader) {
    this.reader = reader;
  }

  /** The next line, or {@code null} at the end. */
  Line next() throws IOException {
    return putBack.isEmpty() ? read() : putBack.pop();
  }

  /** Makes these lines come again, in this order. */
  void putBack(List<Line> lines) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      putBack.push(lines.get(i));
    }
  }

  private Line read() throws IOException {
    StringBuilder pieces = null;
    boolean cut = false;
    while (true) {
      if (position >= limit && !fill()) {
        return pieces == null ? null : new Line(++number, pieces.toString(), cut);
      }
      if (skipLineFeed) {
        skipLineFeed = false;
        if (buffer[position] == '\n') {
          position++;
          continue;
        }
      }
      int end = endOfLine();
      int room = MAX_LENGTH - (pieces == null ? 0 : pieces.length());
      int length = Math.min(end - position, room);
      cut |= end - position > room;
      if (end < limit && pieces == null) {
        String text = new String(buffer, position, length);
        passLineEnd(end);
        return new Line(++number, text, cut);
      }
      pieces = pieces == null ? new StringBuilder() : pieces;
      pieces.append(buffer, position, length);
      if (end < limit) {
        passLineEnd(end);
        return new Line(++number, pieces.toString(), cut);
      }
      position = limit;
    }
  }

  private int endOfLine() {
    int end = position;
    while (end < limit && buffer[end] != '\n' && buffer[end] != '\r') {
      end++;
    }
    return end;
  }

  private void passLineEnd(int end) {
    skipLineFeed = buffer[end] == '\r';
    position = end + 1;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, reader.read(buffer, 0, buffer.length));
    return limit > 0;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
