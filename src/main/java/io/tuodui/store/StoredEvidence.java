package io.tuodui.store;

import com.mongodb.ReadPreference;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Asks both stores what they hold of items: hashes and times, a chunk of items at a time. */
@Component
public class StoredEvidence {
  private static final String ROWS =
      """
      SELECT item.item_id, item.raw_hash, item.content_hash, item.fetched_at
      FROM JSON_TABLE(:ids, '$[*]' COLUMNS (item_id BIGINT PATH '$')) AS ids
      STRAIGHT_JOIN item FORCE INDEX (PRIMARY) ON item.item_id = ids.item_id
      """;

  private final JdbcClient jdbc;
  private final MongoCollection<Document> replies;

  StoredEvidence(
      JdbcClient jdbc, MongoClient mongo, @Value("${tuodui.mongodb.database}") String database) {
    this.jdbc = jdbc;
    // A secondary that lags behind would make a reply look lost.
    this.replies =
        mongo
            .getDatabase(database)
            .getCollection(RawReplies.COLLECTION)
            .withReadPreference(ReadPreference.primary());
  }

  /**
   * What the stores hold of each of the items; {@link Evidence#NONE} of one they do not know.
   *
   * @param itemIds a thousand or so: they are sent in one statement
   * @throws org.springframework.dao.DataAccessException when MySQL is away
   * @throws com.mongodb.MongoException when MongoDB is away
   */
  public Map<Long, Evidence> of(String source, Collection<Long> itemIds) {
    Map<Long, Evidence.Row> rows = rows(itemIds);
    Map<Long, Evidence.Reply> found = replies(source, itemIds);
    Map<Long, Evidence> evidence = new HashMap<>();
    for (Long id : itemIds) {
      evidence.put(id, new Evidence(found.get(id), rows.get(id)));
    }
    return evidence;
  }

  private Map<Long, Evidence.Row> rows(Collection<Long> itemIds) {
    Map<Long, Evidence.Row> rows = new HashMap<>();
    jdbc.sql(ROWS)
        .param("ids", itemIds.toString())
        .query(
            row -> {
              rows.put(
                  row.getLong("item_id"),
                  new Evidence.Row(
                      row.getString("raw_hash"),
                      row.getString("content_hash"),
                      Columns.instant(row, "fetched_at")));
            });
    return rows;
  }

  private Map<Long, Evidence.Reply> replies(String source, Collection<Long> itemIds) {
    List<String> keys = itemIds.stream().map(id -> RawReplies.key(source, id)).toList();
    Map<Long, Evidence.Reply> found = new HashMap<>();
    for (Document document :
        replies
            .find(Filters.in("_id", keys))
            .projection(Projections.include("itemId", "newest.hash", "newest.fetchedAt"))) {
      Document newest = document.get("newest", Document.class);
      Number itemId = document.get("itemId", Number.class);
      if (newest != null && itemId != null) {
        Date fetchedAt = newest.getDate("fetchedAt");
        found.put(
            itemId.longValue(),
            new Evidence.Reply(
                newest.getString("hash"), fetchedAt == null ? null : fetchedAt.toInstant()));
      }
    }
    return found;
  }
}
