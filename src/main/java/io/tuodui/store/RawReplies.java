package io.tuodui.store;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import io.tuodui.collect.Outcome;
import io.tuodui.gateway.ReplyClass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.ExchangeException;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** The raw replies, as MongoDB keeps them: the newest of each item. */
@Component
public final class RawReplies {
  private static final int DUPLICATE_KEY = 11000;
  private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

  /** One write for each outcome that holds a reply about its item. */
  public List<WriteModel<Document>> writes(@Body List<Outcome> outcomes) {
    List<WriteModel<Document>> writes = new ArrayList<>(outcomes.size());
    for (Outcome outcome : outcomes) {
      if (outcome.replyClass() == ReplyClass.SUCCEEDED || outcome.replyClass() == ReplyClass.GONE) {
        writes.add(write(outcome));
      }
    }
    return writes;
  }

  /**
   * Replaces an older reply only. When a newer one is there, the filter finds nothing and the
   * upsert runs into the key: see {@link #passOverNewer}.
   */
  private static WriteModel<Document> write(Outcome outcome) {
    String id = outcome.task().source() + ":" + outcome.task().itemId();
    Date fetchedAt = Date.from(outcome.fetchedAt());
    Document document =
        new Document("_id", id)
            .append("source", outcome.task().source())
            .append("itemId", outcome.task().itemId())
            .append("account", outcome.account())
            .append("fetchedAt", fetchedAt)
            .append("httpStatus", outcome.httpStatus())
            .append("hash", outcome.bodyHash())
            .append("bytes", outcome.body().length)
            .append("reply", reply(outcome.body()));
    return new ReplaceOneModel<>(
        Filters.and(Filters.eq("_id", id), Filters.lte("fetchedAt", fetchedAt)), document, UPSERT);
  }

  /** The reply as a document that can be queried, or, where BSON cannot hold it, as text. */
  private static Object reply(byte[] body) {
    try {
      return JsonToBson.document(body);
    } catch (IOException | RuntimeException unfit) {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /**
   * Passes over the writes for which a newer reply is stored already.
   *
   * @throws MongoBulkWriteException when any write failed for another reason
   */
  public void passOverNewer(@ExchangeException MongoBulkWriteException failure) {
    boolean other =
        failure.getWriteConcernError() != null
            || failure.getWriteErrors().stream()
                .mapToInt(BulkWriteError::getCode)
                .anyMatch(code -> code != DUPLICATE_KEY);
    if (other) {
      throw failure;
    }
  }
}
