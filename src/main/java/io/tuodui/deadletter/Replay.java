package io.tuodui.deadletter;

import io.tuodui.job.Ledger;
import io.tuodui.store.Columns;
import io.tuodui.store.Deadlocks;
import io.tuodui.task.TaskQueue;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the items of dead letters due again: first the ledger, in one transaction a step, then the
 * queue. A deadline that is past is forgotten. A crash between the two costs nothing: what the
 * ledger says is open is put back into the queue by {@code reconcile-stores}. The dead letters, the
 * calls and the attempts stay on record.
 */
@Component
public class Replay {
  private static final int STEP = 5_000;

  private record Letter(long id, long itemId) {}

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Ledger ledger;
  private final TaskQueue queue;
  private final Clock clock;

  Replay(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Ledger ledger,
      TaskQueue queue,
      Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.ledger = ledger;
    this.queue = queue;
    this.clock = clock;
  }

  /**
   * Replays open letters, the oldest first. An item that died more than once is asked for once, and
   * all its open letters are marked.
   *
   * @param limit how many letters at most, not counting further letters of the same items
   */
  public Replayed replay(DeadLetterFilter filter, int limit) {
    long letters = 0;
    long items = 0;
    Set<Long> jobs = new HashSet<>();
    int left = limit;
    while (left > 0) {
      int most = Math.min(STEP, left);
      List<Letter> chosen =
          Deadlocks.repeated(() -> transaction.execute(status -> reopen(filter, most, jobs)));
      if (chosen.isEmpty()) {
        break;
      }
      Set<Long> ids = itemIds(chosen);
      ledger.open(queue.source(), ids).forEach(queue::enqueue);
      letters += chosen.size();
      items += ids.size();
      left -= chosen.size();
    }
    return new Replayed(false, letters, items, jobs.size());
  }

  /** What {@link #replay} would do now; changes nothing. */
  public Replayed dryRun(DeadLetterFilter filter, int limit) {
    List<Letter> chosen = withTwins(choose(filter, limit, ""), "");
    Set<Long> ids = itemIds(chosen);
    return new Replayed(true, chosen.size(), ids.size(), jobsOf(ids).size());
  }

  private List<Letter> reopen(DeadLetterFilter filter, int limit, Set<Long> jobs) {
    List<Letter> chosen = withTwins(choose(filter, limit, " FOR UPDATE"), " FOR UPDATE");
    Set<Long> ids = itemIds(chosen);
    List<Long> waiting = jobsOf(ids);
    jobs.addAll(waiting);
    // The jobs first, as finish-jobs does: it cannot close one of them before its ids are open
    // again, and the two cannot wait for each other in a circle.
    jdbc.sql(
            """
            UPDATE JSON_TABLE(:jobs, '$[*]' COLUMNS (job_id BIGINT PATH '$')) AS waiting
            STRAIGHT_JOIN job FORCE INDEX (PRIMARY) ON job.job_id = waiting.job_id
            SET job.finished_at = NULL, job.state = IF(job.state = 'finished', 'open', job.state),
                job.deadline = IF(job.deadline <= UTC_TIMESTAMP(3), NULL, job.deadline)
            """)
        .param("jobs", waiting.toString())
        .update();
    jdbc.sql(
            """
            UPDATE JSON_TABLE(:jobs, '$[*]' COLUMNS (job_id BIGINT PATH '$')) AS waiting
            STRAIGHT_JOIN JSON_TABLE(:ids, '$[*]' COLUMNS (item_id BIGINT PATH '$')) AS ids
            STRAIGHT_JOIN job_task task FORCE INDEX (PRIMARY)
              ON task.job_id = waiting.job_id AND task.item_id = ids.item_id
            SET task.state = 'open', task.closed_at = NULL, task.answered = 'call'
            WHERE task.state = 'dead' AND task.source = :source
            """)
        .param("jobs", waiting.toString())
        .param("ids", ids.toString())
        .param("source", queue.source())
        .update();
    jdbc.sql(
            """
            UPDATE JSON_TABLE(:letters, '$[*]' COLUMNS (letter_id BIGINT PATH '$')) AS chosen
            STRAIGHT_JOIN dead_letter letter FORCE INDEX (PRIMARY)
              ON letter.dead_letter_id = chosen.letter_id
            SET letter.status = 'replayed', letter.replayed_at = :now
            """)
        .param("letters", chosen.stream().map(Letter::id).toList().toString())
        .param("now", Columns.time(clock.instant()))
        .update();
    return chosen;
  }

  private List<Letter> choose(DeadLetterFilter filter, int limit, String lock) {
    return jdbc.sql(
            "SELECT letter.dead_letter_id, letter.item_id FROM dead_letter letter WHERE "
                + filter.condition(true)
                + " AND letter.source = :source ORDER BY letter.dead_letter_id LIMIT :limit"
                + lock)
        .params(filter.parameters())
        .param("source", queue.source())
        .param("limit", limit)
        .query((row, number) -> new Letter(row.getLong(1), row.getLong(2)))
        .list();
  }

  /** All open letters of the same items. */
  private List<Letter> withTwins(List<Letter> letters, String lock) {
    return jdbc.sql(
            """
            SELECT letter.dead_letter_id, letter.item_id
            FROM JSON_TABLE(:ids, '$[*]' COLUMNS (item_id BIGINT PATH '$')) AS ids
            STRAIGHT_JOIN dead_letter letter FORCE INDEX (item) ON letter.item_id = ids.item_id
            WHERE letter.status = 'open' AND letter.source = :source
            """
                + lock)
        .param("ids", itemIds(letters).toString())
        .param("source", queue.source())
        .query((row, number) -> new Letter(row.getLong(1), row.getLong(2)))
        .list();
  }

  /** The jobs in whose ledger these items are dead. */
  private List<Long> jobsOf(Set<Long> itemIds) {
    return jdbc.sql(
            """
            SELECT DISTINCT task.job_id
            FROM JSON_TABLE(:ids, '$[*]' COLUMNS (item_id BIGINT PATH '$')) AS ids
            STRAIGHT_JOIN job_task task FORCE INDEX (item) ON task.item_id = ids.item_id
            WHERE task.state = 'dead' AND task.source = :source
            ORDER BY task.job_id
            """)
        .param("ids", itemIds.toString())
        .param("source", queue.source())
        .query(Long.class)
        .list();
  }

  private static Set<Long> itemIds(List<Letter> letters) {
    Set<Long> ids = new LinkedHashSet<>();
    letters.forEach(letter -> ids.add(letter.itemId()));
    return ids;
  }
}
