package io.tuodui.command;

import io.tuodui.job.Receipt;
import java.util.Locale;

/** A receipt for people. */
final class ReceiptText {
  private ReceiptText() {}

  static String of(Receipt receipt) {
    return String.format(
        Locale.ROOT,
        """
        Receipt of job %d (%s from %s)
          submitted %,d = accepted %,d + duplicates %,d + invalid %,d
          accepted  %,d = succeeded %,d + gone %,d + dead %,d + cancelled %,d%s%s
          calls     %,d, of them %,d refused, %,d retries%s
          time      %.1f s, %.1f items/s
          %s""",
        receipt.job(),
        receipt.source(),
        receipt.origin(),
        receipt.submitted(),
        receipt.accepted(),
        receipt.duplicates(),
        receipt.invalid(),
        receipt.accepted(),
        receipt.succeeded(),
        receipt.gone(),
        receipt.dead(),
        receipt.cancelled(),
        receipt.open() == 0 ? "" : String.format(Locale.ROOT, " + open %,d", receipt.open()),
        receipt.expired() == 0
            ? ""
            : String.format(Locale.ROOT, "; %,d of them at the deadline", receipt.expired()),
        receipt.calls(),
        receipt.refused(),
        receipt.retried(),
        withoutACall(receipt),
        receipt.seconds(),
        receipt.itemsPerSecond(),
        receipt.complete() ? "complete: every id is explained" : "NOT complete");
  }

  private static String withoutACall(Receipt receipt) {
    return receipt.fresh() + receipt.shared() == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "%n            none for %,d that were fresh and %,d that another job called for",
            receipt.fresh(),
            receipt.shared());
  }
}
