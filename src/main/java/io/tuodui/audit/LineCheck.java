package io.tuodui.audit;

import io.tuodui.job.LedgerTask;
import io.tuodui.store.Evidence;
import java.time.Instant;
import java.util.Objects;

/** Compares one line of a receipt with what the stores say now. */
final class LineCheck {
  private final ReceiptLine line;
  private final Findings findings;
  private boolean superseded;

  private LineCheck(ReceiptLine line, Findings findings) {
    this.line = line;
    this.findings = findings;
  }

  /**
   * Compares.
   *
   * @param task of the ledger; {@code null} when the job has no such id
   * @return whether the stores know something newer
   */
  static boolean compare(ReceiptLine line, LedgerTask task, Evidence evidence, Findings findings) {
    LineCheck check = new LineCheck(line, findings);
    check.ledger(task);
    Evidence.Reply reply = evidence.reply();
    Evidence.Row row = evidence.row();
    check.proof(
        "reply",
        line.reply() == null
            ? null
            : new Version(line.reply().fetchedAt(), line.reply().hash(), ""),
        reply == null ? null : new Version(reply.fetchedAt(), reply.hash(), ""));
    check.proof(
        "row",
        line.row() == null
            ? null
            : new Version(line.row().fetchedAt(), line.row().rawHash(), line.row().contentHash()),
        row == null ? null : new Version(row.fetchedAt(), row.rawHash(), row.contentHash()));
    return check.superseded;
  }

  private void ledger(LedgerTask task) {
    if (task == null) {
      add("ledger", "the job has no such id any more");
      return;
    }
    boolean sameState = task.state().equals(line.outcome());
    if (sameState && Objects.equals(task.closedAt(), line.closedAt())) {
      if (task.calls() != line.calls() && !mayStillBeCalled(task)) {
        add("ledger", "the receipt says " + line.calls() + " calls, found " + task.calls());
      }
      superseded |= task.calls() != line.calls();
      if (line.attempts() != null && !line.attempts().equals(task.attempts())) {
        add("ledger", "the receipt says attempt " + line.attempts() + ", found " + task.attempts());
      }
    } else if (isAfter(task.closedAt(), line.closedAt())) {
      superseded = true;
    } else {
      add(
          "ledger",
          "the receipt says "
              + line.outcome()
              + at(line.closedAt())
              + ", found "
              + task.state()
              + at(task.closedAt()));
    }
  }

  /** Or has been, when the receipt was written: a cancelled id may have been in flight. */
  private static boolean mayStillBeCalled(LedgerTask task) {
    return task.state().equals(LedgerTask.OPEN) || task.state().equals(LedgerTask.CANCELLED);
  }

  private record Version(Instant fetchedAt, String hash, String contentHash) {

    @Override
    public String toString() {
      return hash + (contentHash.isEmpty() ? "" : " with content " + contentHash) + at(fetchedAt);
    }
  }

  private void proof(String where, Version inReceipt, Version found) {
    if (found == null) {
      if (inReceipt != null) {
        add(where, "missing; the receipt says " + inReceipt);
      } else if (line.outcome().equals(LedgerTask.SUCCEEDED)) {
        add(where, "missing, now as in the receipt, although the id succeeded");
      }
    } else if (inReceipt == null || isAfter(found.fetchedAt(), inReceipt.fetchedAt())) {
      superseded = true;
    } else if (!found.equals(inReceipt)) {
      add(where, "the receipt says " + inReceipt + ", found " + found);
    }
  }

  private void add(String where, String what) {
    findings.add(line.item(), where, what);
  }

  /** Later than another time, or there at all when the other is not. */
  private static boolean isAfter(Instant time, Instant other) {
    return time != null && (other == null || time.isAfter(other));
  }

  private static String at(Instant time) {
    return time == null ? "" : " of " + time;
  }
}
