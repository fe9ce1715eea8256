package io.tuodui.settle;

import io.tuodui.collect.Outcome;
import io.tuodui.gateway.ReplyClass;
import io.tuodui.task.Task;
import io.tuodui.task.TaskQueue;
import io.tuodui.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How one batch ends: what the ledger writes, what is dead, and what the queue is told. It is told
 * to the queue as often as that takes, but written into the ledger once: of a task that stays open,
 * writing it again would count the same calls again.
 */
public final class Settlement {
  private final Records records;
  private final List<List<Object>> ledgerRows = new ArrayList<>();
  private final List<List<Object>> attemptRows = new ArrayList<>();
  private final List<Map<String, Object>> deadLetters = new ArrayList<>();
  private final Map<TaskStatus, List<Task>> ended = new EnumMap<>(TaskStatus.class);
  private final Map<Task, Duration> retries = new LinkedHashMap<>();
  private final List<Task> requeued = new ArrayList<>();
  private final Map<Task, Duration> releases = new LinkedHashMap<>();
  private final Instant now;
  private Duration pause = Duration.ZERO;

  Settlement(List<Outcome> outcomes, RetryPolicy policy, Records records, Instant now) {
    this.records = records;
    this.now = now;
    boolean called = false;
    for (Outcome outcome : inOrderOfItems(outcomes)) {
      settle(outcome, policy.disposal(outcome));
      called |= outcome.calls() > 0;
    }
    if (called) {
      pause = Duration.ZERO;
    }
  }

  /**
   * Whoever else changes many rows goes in this order too: none waits for the other in a circle.
   */
  private static List<Outcome> inOrderOfItems(List<Outcome> outcomes) {
    return outcomes.stream()
        .sorted(Comparator.comparingLong(outcome -> outcome.task().itemId()))
        .toList();
  }

  private void settle(Outcome outcome, Disposal disposal) {
    if (outcome.replyClass() != null && !isPlain(outcome)) {
      attemptRows.add(records.attempt(outcome, disposal));
    }
    switch (disposal.kind()) {
      case SUCCEEDED -> end(TaskStatus.SUCCEEDED, outcome);
      case GONE -> end(TaskStatus.GONE, outcome);
      case DEAD -> {
        deadLetters.add(records.deadLetter(outcome));
        end(TaskStatus.DEAD, outcome);
      }
      case RETRY -> {
        ledgerRows.add(records.ledger("open", outcome));
        retries.put(outcome.task(), left(disposal.delay(), outcome));
      }
      case REQUEUE -> {
        ledgerRows.add(records.ledger("open", outcome));
        requeued.add(outcome.task());
      }
      case RELEASE -> {
        Duration delay = left(disposal.delay(), outcome);
        releases.put(outcome.task(), delay);
        pause = pause.compareTo(delay) > 0 ? pause : delay;
      }
    }
  }

  /** The delay counts from the outcome: a task may have waited long for the rest of its batch. */
  private Duration left(Duration delay, Outcome outcome) {
    Duration waited = Duration.between(outcome.fetchedAt(), now);
    if (waited.isNegative()) {
      return delay;
    }
    return waited.compareTo(delay) < 0 ? delay.minus(waited) : Duration.ZERO;
  }

  private void end(TaskStatus status, Outcome outcome) {
    ended.computeIfAbsent(status, any -> new ArrayList<>()).add(outcome.task());
    ledgerRows.add(records.ledger(status.word(), outcome));
  }

  /** A success at the first try costs no row: the ledger tells all of it. */
  private static boolean isPlain(Outcome outcome) {
    return outcome.replyClass() == ReplyClass.SUCCEEDED
        && outcome.task().attempts() == 0
        && outcome.calls() <= 1;
  }

  public List<List<Object>> getLedgerRows() {
    return ledgerRows;
  }

  /** The history of the tasks that have one. */
  public List<List<Object>> getAttemptRows() {
    return attemptRows;
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
    if (!requeued.isEmpty()) {
      queue.requeue(requeued);
    }
    if (!releases.isEmpty()) {
      queue.release(releases);
    }
  }
}
