package io.tuodui.audit;

import io.tuodui.job.Ledger;
import io.tuodui.job.LedgerTask;
import io.tuodui.job.Receipt;
import io.tuodui.job.Receipts;
import io.tuodui.store.Evidence;
import io.tuodui.store.StoredEvidence;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Checks a receipt against the stores, in constant memory. What the stores hold now must be what
 * the receipt names, or newer: items are collected again, and a job goes on.
 */
@Component
public class ReceiptCheck {
  private final Receipts receipts;
  private final Ledger ledger;
  private final StoredEvidence stored;

  ReceiptCheck(Receipts receipts, Ledger ledger, StoredEvidence stored) {
    this.receipts = receipts;
    this.ledger = ledger;
    this.stored = stored;
  }

  /**
   * Reads the file to its end and checks every id. The ledger is asked before the stores, because a
   * node stores an item before the ledger says so.
   *
   * @param keep how many discrepancies the result is to name; all are counted
   * @throws IOException when the file cannot be read
   */
  public CheckResult check(ReceiptFile file, int keep) throws IOException {
    Receipt receipt = file.receipt();
    Findings findings = new Findings(keep);
    whole(receipt, findings);
    Tally tally = new Tally();
    long superseded = 0;
    List<ReceiptLine> chunk = file.next(ReceiptWriter.CHUNK);
    while (!chunk.isEmpty()) {
      List<Long> ids = chunk.stream().map(ReceiptLine::item).toList();
      Map<Long, LedgerTask> tasks = ledger.tasks(receipt.job(), ids);
      Map<Long, Evidence> evidence = stored.of(receipt.source(), ids);
      for (ReceiptLine line : chunk) {
        tally.add(line, findings);
        LedgerTask task = tasks.get(line.item());
        if (LineCheck.compare(line, task, evidence.get(line.item()), findings)) {
          superseded++;
        }
      }
      chunk = file.next(ReceiptWriter.CHUNK);
    }
    file.damage().ifPresent(damage -> findings.add(null, "file", damage));
    tally.compare(receipt, findings);
    return findings.result(receipt.job(), tally.lines(), superseded);
  }

  private void whole(Receipt receipt, Findings findings) {
    findings.same(
        "submitted = accepted + duplicates + invalid",
        receipt.submitted(),
        receipt.accepted() + receipt.duplicates() + receipt.invalid());
    findings.same(
        "accepted = succeeded + gone + dead + cancelled + open",
        receipt.accepted(),
        receipt.succeeded()
            + receipt.gone()
            + receipt.dead()
            + receipt.cancelled()
            + receipt.open());
    Optional<Receipt> now = receipts.find(receipt.job());
    if (now.isEmpty()) {
      findings.add(null, "ledger", "there is no job " + receipt.job());
    } else if (receipt.complete()) {
      // Before that, ids may still have been on their way into the ledger.
      findings.same("accepted, in the ledger", receipt.accepted(), now.get().accepted());
      findings.same("submitted, in the ledger", receipt.submitted(), now.get().submitted());
      findings.same("invalid, in the ledger", receipt.invalid(), now.get().invalid());
    }
  }
}
