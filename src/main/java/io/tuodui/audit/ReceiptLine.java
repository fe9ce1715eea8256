package io.tuodui.audit;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.tuodui.job.LedgerTask;
import io.tuodui.store.Evidence;
import java.time.Instant;

/**
 * One id of a receipt, with what proves its outcome.
 *
 * @param item its id
 * @param outcome as in {@link LedgerTask#state()}
 * @param attempts as in {@link LedgerTask#attempts()}; {@code null} also in a file of a version
 *     that did not write them
 * @param answered as in {@link LedgerTask#answered()}
 * @param reply of MongoDB; {@code null} when there is none
 * @param row of MySQL; {@code null} when there is none
 */
@JsonPropertyOrder({
  "item",
  "outcome",
  "calls",
  "refused",
  "attempts",
  "account",
  "code",
  "closedAt",
  "answered",
  "reply",
  "row"
})
record ReceiptLine(
    long item,
    String outcome,
    int calls,
    int refused,
    Integer attempts,
    String account,
    String code,
    Instant closedAt,
    String answered,
    Evidence.Reply reply,
    Evidence.Row row) {

  static ReceiptLine of(LedgerTask task, Evidence evidence) {
    return new ReceiptLine(
        task.itemId(),
        task.state(),
        task.calls(),
        task.refused(),
        task.attempts(),
        task.account(),
        task.code(),
        task.closedAt(),
        task.answered(),
        evidence.reply(),
        evidence.row());
  }
}
