package io.tuodui.deadletter;

import io.tuodui.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table {@code dead_letter}: listed, counted, discarded. Every method throws {@link
 * org.springframework.dao.DataAccessException} when MySQL is away.
 */
@Repository
public class DeadLetters {
  private final JdbcClient jdbc;
  private final Clock clock;

  DeadLetters(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * The newest first.
   *
   * @param openOnly without those that were replayed or discarded
   * @param limit how many at most
   */
  public List<DeadLetter> list(DeadLetterFilter filter, boolean openOnly, int limit) {
    return jdbc.sql(
            "SELECT letter.*, LENGTH(letter.body) AS body_bytes FROM dead_letter letter WHERE "
                + filter.condition(openOnly)
                + " ORDER BY letter.died_at DESC, letter.dead_letter_id DESC LIMIT :limit")
        .params(filter.parameters())
        .param("limit", limit)
        .query((row, number) -> letter(row))
        .list();
  }

  /** By class and code, the most frequent first. */
  public List<DeadLetterCount> count(DeadLetterFilter filter, boolean openOnly) {
    return jdbc.sql(
            "SELECT letter.reply_class, letter.code, COUNT(*) AS letters FROM dead_letter letter"
                + " WHERE "
                + filter.condition(openOnly)
                + " GROUP BY letter.reply_class, letter.code"
                + " ORDER BY letters DESC, letter.reply_class, letter.code")
        .params(filter.parameters())
        .query(
            (row, number) ->
                new DeadLetterCount(
                    row.getString("reply_class"), row.getString("code"), row.getLong("letters")))
        .list();
  }

  /**
   * Marks open letters, the oldest first, as needing nothing more. The ledger still says dead.
   *
   * @param limit how many at most
   * @param dryRun only counts them
   * @return how many
   */
  public long discard(DeadLetterFilter filter, int limit, boolean dryRun) {
    if (dryRun) {
      return jdbc.sql(
              "SELECT COUNT(*) FROM (SELECT 1 FROM dead_letter letter WHERE "
                  + filter.condition(true)
                  + " LIMIT :limit) AS chosen")
          .params(filter.parameters())
          .param("limit", limit)
          .query(Long.class)
          .single();
    }
    return jdbc.sql(
            "UPDATE dead_letter letter SET letter.status = 'discarded', letter.discarded_at = :now"
                + " WHERE "
                + filter.condition(true)
                + " ORDER BY letter.dead_letter_id LIMIT :limit")
        .params(filter.parameters())
        .param("now", Columns.time(clock.instant()))
        .param("limit", limit)
        .update();
  }

  private static DeadLetter letter(ResultSet row) throws SQLException {
    return new DeadLetter(
        row.getLong("dead_letter_id"),
        row.getString("status"),
        row.getString("source"),
        row.getLong("item_id"),
        row.getString("reply_class"),
        row.getString("code"),
        row.getString("message"),
        row.getInt("attempts"),
        row.getString("account"),
        row.getObject("http_status", Integer.class),
        row.getObject("body_bytes", Long.class),
        row.getString("node"),
        row.getString("route"),
        Columns.instant(row, "died_at"),
        Columns.instant(row, "replayed_at"),
        Columns.instant(row, "discarded_at"));
  }
}
