package io.tuodui.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.UpdateOneModel;
import io.tuodui.collect.Outcome;
import io.tuodui.gateway.ReplyClass;
import io.tuodui.task.Task;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** MongoDB refuses a whole write for a reply that it cannot hold as a document. */
class RawRepliesTest {
  private static final int MIB = 1024 * 1024;

  static Stream<Arguments> replies() {
    return Stream.of(
        Arguments.of("90 levels", nested(90), RawBsonDocument.class),
        Arguments.of("91 levels", nested(91), String.class),
        Arguments.of("large", "{\"a\":\"" + "x".repeat(11 * MIB) + "\"}", RawBsonDocument.class),
        Arguments.of(
            "large as BSON alone", "{\"a\":[" + "1,".repeat(2 * MIB) + "1]}", String.class));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("replies")
  void aReplyIsADocumentIfMongoTakesThatAndElseAText(String name, String json, Class<?> kept) {
    Object reply = replyOf(json);
    assertThat(reply).isInstanceOf(kept);
    if (reply instanceof String text) {
      assertThat(text.equals(json)).as("all of it").isTrue();
    }
  }

  private static String nested(int levels) {
    return "{\"a\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1);
  }

  private static Object replyOf(String json) {
    Outcome outcome =
        new Outcome(
            new Task("item-detail", 1, 1, 0),
            ReplyClass.SUCCEEDED,
            null,
            null,
            null,
            null,
            "shop",
            200,
            json.getBytes(StandardCharsets.UTF_8),
            "hash",
            Instant.EPOCH,
            1,
            0);
    UpdateOneModel<Document> write =
        (UpdateOneModel<Document>) new RawReplies().writes(List.of(outcome)).get(0);
    return ((Document) write.getUpdate())
        .getEmbedded(List.of("$max", "newest", "reply"), Object.class);
  }
}
