package io.tuodui.task;

import java.util.Arrays;
import java.util.Locale;

/**
 * How urgent a job is. Jobs that wait side by side are served by their weights, so that even the
 * least urgent is never left waiting for the others to end.
 */
public enum Priority {
  LOW(1),
  NORMAL(3),
  HIGH(8);

  private final int weight;

  Priority(int weight) {
    this.weight = weight;
  }

  /** How many ids are claimed of such a job while others are claimed by theirs; from 1 to 9. */
  int weight() {
    return weight;
  }

  /** The priority in lower case, as it is written everywhere outside Java. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The priority of a word.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Priority of(String word) {
    return Arrays.stream(values())
        .filter(priority -> priority.word().equals(word))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("'" + word + "' is none of high, normal and low"));
  }
}
