package io.tuodui.store;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import io.tuodui.collect.Outcome;
import io.tuodui.gateway.ReplyClass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.apache.camel.Body;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** The raw replies, as MongoDB keeps them: the newest of each item. */
@Component
public final class RawReplies {
  /** Where they are, in the database {@code tuodui.mongodb.database}. */
  public static final String COLLECTION = "raw_reply";

  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

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
   * Writes in any order end as the newest: {@code $max} compares documents by their first field,
   * which is the time, and replaces the stored one by the greater as a whole.
   */
  private static WriteModel<Document> write(Outcome outcome) {
    Document newest =
        new Document("fetchedAt", Date.from(outcome.fetchedAt()))
            .append("account", outcome.account())
            .append("httpStatus", outcome.httpStatus())
            .append("hash", outcome.bodyHash())
            .append("bytes", outcome.body().length)
            .append("reply", reply(outcome.body()));
    Document identity =
        new Document("source", outcome.task().source()).append("itemId", outcome.task().itemId());
    return new UpdateOneModel<>(
        new Document("_id", key(outcome.task().source(), outcome.task().itemId())),
        new Document("$setOnInsert", identity).append("$max", new Document("newest", newest)),
        UPSERT);
  }

  /** The {@code _id} of an item's reply. */
  public static String key(String source, long itemId) {
    return source + ":" + itemId;
  }

  /** The reply as a document that can be queried, or, where MongoDB cannot hold that, as text. */
  private static Object reply(byte[] body) {
    try {
      return JsonToBson.document(body);
    } catch (IOException | RuntimeException unfit) {
      return new String(body, StandardCharsets.UTF_8);
    }
  }
}
