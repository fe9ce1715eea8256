package io.tuodui.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The last lines of a log file, to be quoted in an error message. */
final class LogTail {

  private static final int LINES = 15;

  private LogTail() {}

  /** At most 15 lines; a file that cannot be read gives a remark instead. */
  static String of(Path log) {
    try {
      // Server logs of one start are short; decoding never fails, whatever the bytes
      String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
      List<String> lines = text.lines().toList();
      String tail =
          String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
      return tail.isBlank() ? "(empty)" : tail;
    } catch (IOException e) {
      return "(not readable: " + e + ")";
    }
  }
}
