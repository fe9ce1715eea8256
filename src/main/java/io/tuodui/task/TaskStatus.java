package io.tuodui.task;

import java.util.Arrays;
import java.util.Locale;

/** How a task stands; Redis, the ledger and the commands call it by its {@link #word()}. */
public enum TaskStatus {
  /** Waits for its first attempt. */
  PENDING,
  /** A node holds its lease. */
  RUNNING,
  /** Collected and stored. */
  SUCCEEDED,
  /** An attempt failed, and another will come. */
  FAILED,
  /** The platform says that the item is no longer there: a result, not a failure. */
  GONE,
  /** Will not be tried again without a person. */
  DEAD,
  /** Left the queue until its job is resumed. */
  PAUSED;

  /** The status in lower case, as it is written everywhere outside Java. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a task may leave the queue so: {@code succeeded}, {@code gone}, dead or paused. */
  public boolean isEnd() {
    return this == SUCCEEDED || this == GONE || this == DEAD || this == PAUSED;
  }

  /**
   * The status of a word.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TaskStatus of(String word) {
    return Arrays.stream(values())
        .filter(status -> status.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no task status '" + word + "'; there are " + Arrays.toString(values())));
  }

  /**
   * How a task ended, by the ledger's word for it: a cancelled one is dead to the queue.
   *
   * @throws IllegalArgumentException if there is no such word
   */
  public static TaskStatus ofLedger(String state) {
    return state.equals("cancelled") ? DEAD : of(state);
  }
}
