package io.tuodui.audit;

import io.tuodui.job.LedgerTask;
import io.tuodui.job.Receipt;
import java.util.HashMap;
import java.util.Map;

/** Adds up the lines of a receipt, to be compared with its first. */
final class Tally {
  private final Map<String, Long> byOutcome = new HashMap<>();
  private long lines;
  private long calls;
  private long refused;
  private long retried;
  private long fresh;
  private long shared;
  private long expired;
  private long lastItem;

  void add(ReceiptLine line, Findings findings) {
    lines++;
    calls += line.calls();
    refused += line.refused();
    retried += Math.max(line.calls() - 1, 0);
    if (!line.outcome().equals(LedgerTask.OPEN)) {
      fresh += LedgerTask.FRESH.equals(line.answered()) ? 1 : 0;
      shared += LedgerTask.SHARED.equals(line.answered()) ? 1 : 0;
    }
    expired +=
        line.outcome().equals("cancelled") && LedgerTask.DEADLINE.equals(line.code()) ? 1 : 0;
    byOutcome.merge(line.outcome(), 1L, Long::sum);
    if (line.item() <= lastItem) {
      findings.add(line.item(), "file", "stands after " + lastItem + ": twice, or out of order");
    }
    lastItem = line.item();
  }

  long lines() {
    return lines;
  }

  void compare(Receipt receipt, Findings findings) {
    findings.same("accepted", receipt.accepted(), lines);
    findings.same("succeeded", receipt.succeeded(), of(LedgerTask.SUCCEEDED));
    findings.same("gone", receipt.gone(), of("gone"));
    findings.same("dead", receipt.dead(), of("dead"));
    findings.same("cancelled", receipt.cancelled(), of("cancelled"));
    findings.same("open", receipt.open(), of(LedgerTask.OPEN));
    findings.same("calls", receipt.calls(), calls);
    findings.same("refused", receipt.refused(), refused);
    findings.same("retried", receipt.retried(), retried);
    findings.same("fresh", receipt.fresh(), fresh);
    findings.same("shared", receipt.shared(), shared);
    findings.same("expired", receipt.expired(), expired);
  }

  private long of(String outcome) {
    return byOutcome.getOrDefault(outcome, 0L);
  }
}
