package io.tuodui.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tuodui.job.Ledger;
import io.tuodui.job.LedgerTask;
import io.tuodui.job.Receipt;
import io.tuodui.job.Receipts;
import io.tuodui.store.Evidence;
import io.tuodui.store.StoredEvidence;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes a receipt that can be checked without anything else: JSON lines, the first of them the
 * receipt, then one for each id in ascending order.
 */
@Component
public class ReceiptWriter {
  static final int CHUNK = 1_000;

  private final Receipts receipts;
  private final Ledger ledger;
  private final StoredEvidence stored;
  private final ObjectMapper json;
  private final TransactionTemplate snapshot;

  ReceiptWriter(
      Receipts receipts,
      Ledger ledger,
      StoredEvidence stored,
      ObjectMapper json,
      PlatformTransactionManager transactions) {
    this.receipts = receipts;
    this.ledger = ledger;
    this.stored = stored;
    this.json = json;
    // The ids must be those that the receipt counts, also while nodes work on the job.
    this.snapshot = new TransactionTemplate(transactions);
    snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    snapshot.setReadOnly(true);
  }

  /**
   * Writes the receipt and its ids, in constant memory. All that MySQL says is of one moment; a raw
   * reply may be newer, never older, because it is read afterwards.
   *
   * @param out is flushed, not closed
   * @return the receipt that was written
   * @throws io.tuodui.config.UserError when there is no such job
   * @throws UncheckedIOException when it cannot be written
   */
  public Receipt write(long job, OutputStream out) {
    return snapshot.execute(
        transaction -> {
          Receipt receipt = receipts.of(job);
          try {
            write(receipt, out);
          } catch (IOException failed) {
            throw new UncheckedIOException(failed);
          }
          return receipt;
        });
  }

  private void write(Receipt receipt, OutputStream out) throws IOException {
    try (JsonGenerator lines = json.getFactory().createGenerator(out)) {
      lines.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      lines.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
      lines.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
      json.writeValue(lines, receipt);
      long after = 0;
      List<LedgerTask> tasks = ledger.tasks(receipt.job(), after, CHUNK);
      while (!tasks.isEmpty()) {
        Map<Long, Evidence> evidence =
            stored.of(receipt.source(), tasks.stream().map(LedgerTask::itemId).toList());
        for (LedgerTask task : tasks) {
          json.writeValue(lines, ReceiptLine.of(task, evidence.get(task.itemId())));
        }
        after = tasks.get(tasks.size() - 1).itemId();
        tasks = ledger.tasks(receipt.job(), after, CHUNK);
      }
      lines.writeRaw('\n');
    }
    out.flush();
  }
}
