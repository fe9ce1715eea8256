package io.tuodui.explain;

import com.mongodb.client.MongoClient;
import io.tuodui.deadletter.DeadLetter;
import io.tuodui.deadletter.DeadLetterFilter;
import io.tuodui.deadletter.DeadLetters;
import io.tuodui.explain.Story.Asked;
import io.tuodui.explain.Story.Attempt;
import io.tuodui.explain.Story.StoredItem;
import io.tuodui.explain.Story.StoredReply;
import io.tuodui.store.Columns;
import io.tuodui.store.RawReplies;
import io.tuodui.task.TaskQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gathers what MySQL, Redis and MongoDB say of one item id. Reads only. */
@Component
public class Stories {
  /** More of them than anybody reads; an item has a few. */
  private static final int MOST = 1_000;

  private final JdbcClient jdbc;
  private final TaskQueue queue;
  private final DeadLetters deadLetters;
  private final MongoClient mongo;
  private final String database;

  Stories(
      JdbcClient jdbc,
      TaskQueue queue,
      DeadLetters deadLetters,
      MongoClient mongo,
      @Value("${tuodui.mongodb.database}") String database) {
    this.jdbc = jdbc;
    this.queue = queue;
    this.deadLetters = deadLetters;
    this.mongo = mongo;
    this.database = database;
  }

  /**
   * The story of an id; empty when no job asked for it. At most the newest 1,000 jobs and attempts.
   *
   * @throws org.springframework.dao.DataAccessException when MySQL or Redis is away
   * @throws com.mongodb.MongoException when MongoDB is
   */
  public Optional<Story> of(long itemId) {
    List<Asked> jobs = jobs(itemId);
    if (jobs.isEmpty()) {
      return Optional.empty();
    }
    List<DeadLetter> letters =
        new ArrayList<>(
            deadLetters.list(new DeadLetterFilter(null, null, null, itemId, null), false, MOST));
    Collections.reverse(letters);
    return Optional.of(
        new Story(
            itemId,
            queue.source(),
            jobs,
            attempts(itemId),
            queue.place(itemId),
            letters,
            item(itemId),
            rawReply(itemId)));
  }

  private List<Asked> jobs(long itemId) {
    return oldestFirst(
        jdbc.sql(
                """
                SELECT job.origin, job.state AS job_state, job.started_at, task.*
                FROM job_task task FORCE INDEX (item)
                STRAIGHT_JOIN job FORCE INDEX (PRIMARY) ON job.job_id = task.job_id
                WHERE task.item_id = :item AND task.source = :source
                ORDER BY task.job_id DESC LIMIT :most
                """)
            .param("item", itemId)
            .param("source", queue.source())
            .param("most", MOST)
            .query(
                (row, number) ->
                    new Asked(
                        row.getLong("job_id"),
                        row.getString("origin"),
                        row.getString("job_state"),
                        Columns.instant(row, "started_at"),
                        row.getString("state"),
                        row.getInt("calls"),
                        row.getInt("refused"),
                        row.getString("account"),
                        row.getString("code"),
                        Columns.instant(row, "closed_at"),
                        row.getString("answered")))
            .list());
  }

  private List<Attempt> attempts(long itemId) {
    return oldestFirst(
        jdbc.sql(
                """
                SELECT * FROM task_attempt WHERE item_id = :item AND source = :source
                ORDER BY token DESC LIMIT :most
                """)
            .param("item", itemId)
            .param("source", queue.source())
            .param("most", MOST)
            .query(
                (row, number) ->
                    new Attempt(
                        row.getInt("attempt"),
                        Columns.instant(row, "at"),
                        row.getString("node"),
                        row.getString("account"),
                        row.getInt("calls"),
                        row.getString("reply_class"),
                        row.getString("code"),
                        row.getString("message"),
                        row.getObject("http_status", Integer.class),
                        row.getObject("wait_ms", Long.class)))
            .list());
  }

  private StoredItem item(long itemId) {
    return jdbc.sql(
            "SELECT title, status, fetched_at, content_hash, raw_hash FROM item WHERE item_id = :item")
        .param("item", itemId)
        .query(
            (row, number) ->
                new StoredItem(
                    row.getString("title"),
                    row.getString("status"),
                    Columns.instant(row, "fetched_at"),
                    row.getString("content_hash"),
                    row.getString("raw_hash")))
        .optional()
        .orElse(null);
  }

  private StoredReply rawReply(long itemId) {
    Document found =
        mongo
            .getDatabase(database)
            .getCollection(RawReplies.COLLECTION)
            .find(new Document("_id", RawReplies.key(queue.source(), itemId)))
            .projection(new Document("newest.reply", 0))
            .first();
    if (found == null) {
      return null;
    }
    Document newest = found.get("newest", Document.class);
    Date fetchedAt = newest.getDate("fetchedAt");
    return new StoredReply(
        fetchedAt == null ? null : fetchedAt.toInstant(),
        newest.getString("hash"),
        newest.getString("account"),
        newest.getInteger("httpStatus"),
        newest.getInteger("bytes"));
  }

  private static <T> List<T> oldestFirst(List<T> newestFirst) {
    List<T> reversed = new ArrayList<>(newestFirst);
    Collections.reverse(reversed);
    return reversed;
  }
}
