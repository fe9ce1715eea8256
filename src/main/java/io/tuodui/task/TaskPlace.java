package io.tuodui.task;

import java.time.Instant;
import java.util.List;

/**
 * Where one task stands in the queue. All times are Redis's own.
 *
 * @param now when it was looked at
 * @param status in one word; {@code null} if the queue never heard of the item, or lost it
 * @param ahead how many tasks of its part of the queue are to be claimed before it; {@code null} if
 *     it does not wait for that
 * @param dueAt until when it rests after a failure, to a tenth of a second, before it waits to be
 *     claimed; {@code null} if it does not
 * @param leasedUntil when its lease ends; {@code null} if nobody holds it
 * @param node that holds it, or {@code null}
 * @param attempts failed ones since it was put into the queue
 * @param submittedAgain whether it becomes due once more when its holder ends it
 * @param deaths how many nodes died while they held it, since it was put into the queue
 */
public record TaskPlace(
    Instant now,
    String status,
    Long ahead,
    Instant dueAt,
    Instant leasedUntil,
    String node,
    int attempts,
    boolean submittedAgain,
    int deaths) {

  /** From the result of {@code redis/task-look.lua}. */
  static TaskPlace of(List<String> looked) {
    String lease = looked.get(5);
    return new TaskPlace(
        instant(looked.get(0)),
        looked.get(1).isEmpty() ? null : looked.get(1),
        looked.get(2).isEmpty() ? null : Long.valueOf(looked.get(2)),
        instant(looked.get(3)),
        instant(looked.get(4)),
        lease.isEmpty() ? null : lease.split(" ")[1],
        number(looked.get(6)),
        looked.get(7).equals("1"),
        number(looked.get(8)));
  }

  private static int number(String text) {
    return text.isEmpty() ? 0 : Integer.parseInt(text);
  }

  private static Instant instant(String millis) {
    return millis.isEmpty() ? null : Instant.ofEpochMilli((long) Double.parseDouble(millis));
  }
}
