package io.tuodui.command;

import io.tuodui.job.Receipt;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** One line that is written over on a terminal, and every few seconds anew elsewhere. */
final class ProgressLine implements AutoCloseable {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
  private static final long UNKNOWN = -1;

  private final PrintStream out;
  private final boolean terminal = System.console() != null && System.getenv("TERM") != null;
  private long explainedBefore = UNKNOWN;
  private final long startedAt = System.nanoTime();
  private long printedAt = startedAt - BETWEEN_LINES.toNanos();
  private boolean open;

  ProgressLine(PrintStream out) {
    this.out = out;
  }

  void show(Receipt receipt) {
    long done = receipt.accepted() - receipt.open();
    if (explainedBefore == UNKNOWN) {
      explainedBefore = done;
    }
    double seconds = (System.nanoTime() - startedAt) / 1e9;
    double rate = seconds > 0 ? (done - explainedBefore) / seconds : 0;
    write(
        String.format(
            Locale.ROOT,
            "job %d  %,d / %,d  %.0f items/s  %d refused  ETA %s",
            receipt.job(),
            done,
            receipt.accepted(),
            rate,
            receipt.refused(),
            receipt.open() == 0 ? "done" : eta(receipt.open(), rate)),
        receipt.complete());
  }

  void note(String what) {
    write(what, false);
  }

  /** A line that stays, above what follows. */
  void say(String what) {
    out.println(terminal ? "\r\u001b[K" + what : what);
    open = false;
  }

  private void write(String line, boolean last) {
    if (terminal) {
      out.print("\r\u001b[K" + line);
      out.flush();
      open = true;
    } else if (last || System.nanoTime() - printedAt >= BETWEEN_LINES.toNanos()) {
      out.println(line);
      printedAt = System.nanoTime();
    }
  }

  private static String eta(long left, double rate) {
    if (rate <= 0) {
      return "?";
    }
    long seconds = (long) Math.ceil(left / rate);
    return seconds < 3600
        ? String.format("%d:%02d", seconds / 60, seconds % 60)
        : String.format("%d:%02d:%02d", seconds / 3600, seconds % 3600 / 60, seconds % 60);
  }

  @Override
  public void close() {
    if (open) {
      out.println();
    }
  }
}
