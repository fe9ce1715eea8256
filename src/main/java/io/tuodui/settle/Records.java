package io.tuodui.settle;

import io.tuodui.collect.Outcome;
import io.tuodui.gateway.ReplyClass;
import io.tuodui.store.Columns;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Outcomes as the rows of the ledger's tables.
 *
 * @param node that settles them
 * @param route that carried them
 */
record Records(String node, String route) {
  private static final int BODY_KEPT = 64 * 1024;

  /** The values in the order in which {@code sql/update-ledger.sql} names them. */
  List<Object> ledger(String state, Outcome outcome) {
    return Columns.row(
        outcome.task().itemId(),
        outcome.task().source(),
        state,
        outcome.calls(),
        outcome.refused(),
        outcome.account(),
        reason(outcome),
        state.equals("open") ? null : Columns.time(outcome.fetchedAt()),
        outcome.task().token());
  }

  /** The values in the order in which {@code sql/insert-task-attempts.sql} names them. */
  List<Object> attempt(Outcome outcome, Disposal disposal) {
    return Columns.row(
        outcome.task().itemId(),
        outcome.task().source(),
        outcome.task().token(),
        outcome.task().attempts() + 1,
        Columns.time(outcome.fetchedAt()),
        node,
        outcome.account(),
        outcome.calls(),
        outcome.replyClass().word(),
        Columns.text(outcome.code(), 80),
        Columns.text(outcome.message(), 300),
        outcome.httpStatus(),
        disposal.delay() == null ? null : disposal.delay().toMillis());
  }

  /** The values by the names that {@code sql/insert-dead-letter.sql} gives them. */
  Map<String, Object> deadLetter(Outcome outcome) {
    Map<String, Object> row = new HashMap<>();
    row.put("source", outcome.task().source());
    row.put("itemId", outcome.task().itemId());
    row.put("token", outcome.task().token());
    row.put("replyClass", outcome.replyClass().word());
    row.put("code", Columns.text(outcome.code(), 80));
    row.put("message", Columns.text(outcome.message(), 1000));
    row.put("attempts", outcome.task().attempts() + 1);
    row.put("account", outcome.account());
    row.put("httpStatus", outcome.httpStatus());
    row.put(
        "body",
        outcome.body() == null || outcome.body().length <= BODY_KEPT
            ? outcome.body()
            : Arrays.copyOf(outcome.body(), BODY_KEPT));
    row.put("diedAt", Columns.time(outcome.fetchedAt()));
    row.put("node", node);
    row.put("route", route);
    return row;
  }

  private static String reason(Outcome outcome) {
    if (outcome.replyClass() == ReplyClass.SUCCEEDED) {
      return null;
    }
    String name = outcome.replyClass().word();
    return Columns.text(outcome.code() == null ? name : name + " " + outcome.code(), 80);
  }
}
