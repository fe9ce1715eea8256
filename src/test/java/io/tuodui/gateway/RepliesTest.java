package io.tuodui.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import io.tuodui.item.Item;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RepliesTest {

  private static final long ASKED = 573741401425L;
  private static final int[] STATUSES = {200, 200, 200, 400, 401, 403, 429, 500, 0};

  /**
   * @param body JSON, or a text that stands for itself
   * @param message what the message begins with, or {@code null} for any
   */
  record Reply(
      String name,
      String dialect,
      int status,
      JsonNode body,
      String replyClass,
      String code,
      String message,
      Long waitSeconds,
      String itemStatus) {

    byte[] bytes() {
      return (body.isTextual() ? body.textValue() : body.toString()).getBytes(UTF_8);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Reply> replies() {
    return TestData.cases("replies.json", Reply.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("replies")
  void classifies(Reply reply) {
    Verdict verdict = dialect(reply.dialect()).read(ASKED, reply.status(), reply.bytes());

    assertThat(verdict.replyClass()).hasToString(reply.replyClass());
    assertThat(verdict.code()).isEqualTo(reply.code());
    assertThat(verdict.retryAfter())
        .isEqualTo(Optional.ofNullable(reply.waitSeconds()).map(Duration::ofSeconds).orElse(null));
    assertThat(Optional.ofNullable(verdict.item()).map(Item::status).orElse(null))
        .isEqualTo(reply.itemStatus());
    if (reply.message() != null) {
      assertThat(verdict.message()).startsWith(reply.message());
    }
    if (verdict.replyClass() == ReplyClass.SUCCEEDED) {
      assertThat(verdict.item().itemId()).isEqualTo(ASKED);
    } else {
      assertThat(verdict.message()).isNotBlank();
    }
  }

  @Test
  void aMissingBodyIsAnEmptyBody() {
    assertThat(dialect("aop").read(ASKED, 200, null).message()).startsWith("empty body: 0 bytes");
  }

  @Test
  void aByteOrderMarkIsNoContent() {
    byte[] reply = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, '{', '}'};

    assertThat(dialect("aop").read(ASKED, 200, reply).message()).startsWith("unknown shape");
    assertThat(dialect("aop").read(ASKED, 200, Arrays.copyOf(reply, 3)).message())
        .startsWith("empty body: 3 bytes");
  }

  @Test
  void whatIsNestedWithoutEndIsUnreadable() {
    byte[] reply = "{\"result\":".repeat(100_000).getBytes(UTF_8);

    Verdict verdict = dialect("aop").read(ASKED, 200, reply);

    assertThat(verdict.replyClass()).isEqualTo(ReplyClass.MALFORMED);
    assertThat(verdict.message()).startsWith("unreadable JSON: nested too deeply");
  }

  @Test
  void aPageOfWordsDoesNotGoIntoTheLedger() {
    byte[] reply = ("{\"message\":\"" + "很长".repeat(10_000) + "\"}").getBytes(UTF_8);

    assertThat(dialect("aop").read(ASKED, 200, reply).message()).hasSizeLessThan(400);
  }

  @Test
  void noMutationOfAReplyMakesItThrow() {
    byte[] whole = TestData.bytes("/item/query-product-detail.json");
    Random random = new Random(1688);
    for (int i = 0; i < 2000; i++) {
      byte[] reply = i % 2 == 0 ? truncated(whole, random) : mutated(whole, random);
      int status = STATUSES[random.nextInt(STATUSES.length)];
      for (String name : List.of("aop", "item-get")) {
        assertThatCode(
                () -> {
                  Verdict verdict = dialect(name).read(670291644950L, status, reply);
                  assertThat(verdict.replyClass()).isNotNull();
                  assertThat(String.valueOf(verdict.message()))
                      .as("nothing comes to the last resort of the reader")
                      .doesNotContain("Exception");
                })
            .as("HTTP %d, %s", status, new String(reply, UTF_8))
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void everyTruncationOfAReplyIsUnreadable() {
    byte[] whole =
        new String(TestData.bytes("/item/query-product-detail.json"), UTF_8)
            .strip()
            .getBytes(UTF_8);
    for (int length = 1; length < whole.length; length += 7) {
      Verdict verdict = dialect("aop").read(670291644950L, 200, Arrays.copyOf(whole, length));
      assertThat(verdict.replyClass()).isEqualTo(ReplyClass.MALFORMED);
      assertThat(verdict.message()).startsWith("unreadable JSON").contains(" " + length);
    }
  }

  private static byte[] truncated(byte[] whole, Random random) {
    return Arrays.copyOf(whole, random.nextInt(whole.length));
  }

  /** Changes, swaps and doubles some bytes, mostly into characters that mean something in JSON. */
  private static byte[] mutated(byte[] whole, Random random) {
    byte[] reply = whole.clone();
    byte[] telling = "{}[]\",:0123456789-.eEntf \\u".getBytes(UTF_8);
    for (int n = random.nextInt(6); n >= 0; n--) {
      int at = random.nextInt(reply.length);
      switch (random.nextInt(3)) {
        case 0 -> reply[at] = telling[random.nextInt(telling.length)];
        case 1 -> reply[at] = (byte) random.nextInt(256);
        default -> reply[at] = reply[random.nextInt(reply.length)];
      }
    }
    return reply;
  }

  private static Dialect dialect(String name) {
    return Dialects.named(name, null, null, Clock.systemUTC());
  }
}
