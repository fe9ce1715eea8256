package io.tuodui.settle;

import io.tuodui.collect.Outcome;
import io.tuodui.gateway.ReplyClass;
import io.tuodui.store.Columns;
import io.tuodui.task.Task;
import io.tuodui.task.TaskQueue;
import io.tuodui.task.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How one batch ends: what the ledger writes, what is dead, and what the queue is told. Computed
 * once, so that writing it again after a failure writes the same.
 */
public final class Settlement {
  private static final int BODY_KEPT = 64 * 1024;

  private final List<List<Object>> ledgerRows = new ArrayList<>();
  private final List<Map<String, Object>> deadLetters = new ArrayList<>();
  private final Map<TaskStatus, List<Task>> ended = new EnumMap<>(TaskStatus.class);
  private final Map<Task, Duration> retries = new LinkedHashMap<>();
  private final Map<Task, Duration> releases = new LinkedHashMap<>();
  private Duration pause = Duration.ZERO;

  Settlement(List<Outcome> outcomes, RetryPolicy policy) {
    boolean called = false;
    for (Outcome outcome : outcomes) {
      settle(outcome, policy.disposal(outcome));
      called |= outcome.calls() > 0;
    }
    if (called) {
      pause = Duration.ZERO;
    }
  }

  private void settle(Outcome outcome, Disposal disposal) {
    switch (disposal.kind()) {
      case SUCCEEDED -> end(TaskStatus.SUCCEEDED, outcome);
      case GONE -> end(TaskStatus.GONE, outcome);
      case DEAD -> {
        deadLetters.add(deadLetter(outcome));
        end(TaskStatus.DEAD, outcome);
      }
      case RETRY -> {
        ledgerRows.add(ledgerRow("open", outcome));
        retries.put(outcome.task(), disposal.delay());
      }
      case RELEASE -> {
        if (outcome.calls() > 0) {
          ledgerRows.add(ledgerRow("open", outcome));
        }
        releases.put(outcome.task(), disposal.delay());
        pause = pause.compareTo(disposal.delay()) > 0 ? pause : disposal.delay();
      }
    }
  }

  private void end(TaskStatus status, Outcome outcome) {
    ended.computeIfAbsent(status, any -> new ArrayList<>()).add(outcome.task());
    ledgerRows.add(ledgerRow(status.name().toLowerCase(Locale.ROOT), outcome));
  }

  /** The values in the order in which {@code sql/update-ledger.sql} names them. */
  private static List<Object> ledgerRow(String state, Outcome outcome) {
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

  private static String reason(Outcome outcome) {
    if (outcome.replyClass() == ReplyClass.SUCCEEDED) {
      return null;
    }
    String name = outcome.replyClass().name().toLowerCase(Locale.ROOT);
    return Columns.text(outcome.code() == null ? name : name + " " + outcome.code(), 80);
  }

  private static Map<String, Object> deadLetter(Outcome outcome) {
    Map<String, Object> row = new HashMap<>();
    row.put("source", outcome.task().source());
    row.put("itemId", outcome.task().itemId());
    row.put("replyClass", outcome.replyClass().name().toLowerCase(Locale.ROOT));
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
    return row;
  }

  public List<List<Object>> getLedgerRows() {
    return ledgerRows;
  }

  public List<Map<String, Object>> getDeadLetters() {
    return deadLetters;
  }

  /** How long this consumer should claim nothing: set when not one call could be made. */
  public Duration getPause() {
    return pause;
  }

  /** Tells the queue. Doing so again does nothing: the leases are gone by then. */
  void tell(TaskQueue queue) {
    ended.forEach((status, tasks) -> queue.acknowledge(tasks, status));
    if (!retries.isEmpty()) {
      queue.retryLater(retries);
    }
    if (!releases.isEmpty()) {
      queue.release(releases);
    }
  }
}
