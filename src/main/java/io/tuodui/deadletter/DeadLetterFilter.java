package io.tuodui.deadletter;

import io.tuodui.gateway.ReplyClass;
import io.tuodui.store.Columns;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which dead letters are meant: those that match everything that is not {@code null}.
 *
 * @param replyClass of the last call
 * @param code the platform's own
 * @param job that asked for the item
 * @param itemId the item
 * @param since died then or later
 * @param until died then or earlier
 * @param replaysBelow its item was replayed fewer times than this since it was last collected
 */
public record DeadLetterFilter(
    ReplyClass replyClass,
    String code,
    Long job,
    Long itemId,
    Instant since,
    Instant until,
    Integer replaysBelow) {

  /** Every dead letter. */
  public static final DeadLetterFilter ALL = new DeadLetterFilter(null, null, null, null, null);

  /** However old, and however often replayed. */
  public DeadLetterFilter(
      ReplyClass replyClass, String code, Long job, Long itemId, Instant since) {
    this(replyClass, code, job, itemId, since, null, null);
  }

  /** Whether it matches every dead letter. */
  public boolean isEmpty() {
    return equals(ALL);
  }

  /** The condition in SQL, on the table {@code dead_letter} under the name {@code letter}. */
  String condition(boolean openOnly) {
    StringBuilder sql = new StringBuilder(openOnly ? "letter.status = 'open'" : "TRUE");
    parameters().keySet().forEach(name -> sql.append(" AND ").append(conditionOf(name)));
    return sql.toString();
  }

  private static String conditionOf(String name) {
    return switch (name) {
      case "class" -> "letter.reply_class = :class";
      case "code" -> "letter.code = :code";
      case "item" -> "letter.item_id = :item";
      case "since" -> "letter.died_at >= :since";
      case "until" -> "letter.died_at <= :until";
      case "job" ->
          "EXISTS (SELECT 1 FROM job_task task WHERE task.job_id = :job"
              + " AND task.item_id = letter.item_id AND task.source = letter.source)";
      // Letters that were replayed together are one replay.
      case "replays" ->
          "(SELECT COUNT(DISTINCT earlier.replayed_at) FROM dead_letter earlier"
              + " WHERE earlier.item_id = letter.item_id AND earlier.source = letter.source"
              + " AND earlier.replayed_at > COALESCE((SELECT item.fetched_at FROM item"
              + " WHERE item.item_id = letter.item_id), '1970-01-01')) < :replays";
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** The condition's parameters. */
  Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    put(parameters, "class", replyClass == null ? null : replyClass.word());
    put(parameters, "code", code);
    put(parameters, "job", job);
    put(parameters, "item", itemId);
    put(parameters, "since", Columns.time(since));
    put(parameters, "until", Columns.time(until));
    put(parameters, "replays", replaysBelow);
    return parameters;
  }

  private static void put(Map<String, Object> parameters, String name, Object value) {
    if (value != null) {
      parameters.put(name, value);
    }
  }
}
