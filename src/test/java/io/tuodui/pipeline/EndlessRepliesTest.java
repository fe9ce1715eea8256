package io.tuodui.pipeline;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tuodui.GatewayStub;
import io.tuodui.NodeForTests;
import io.tuodui.RawGateway;
import io.tuodui.job.Receipt;
import io.tuodui.simulator.SimulatedAccounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies that go on and on: each byte comes in time, and the last one never. */
class EndlessRepliesTest {
  private static final AtomicLong NEXT = new AtomicLong(980_000_000_000L);
  private static final int RESPONSE_TIMEOUT = 1000;
  private static final Duration BETWEEN_DRIPS = Duration.ofMillis(50);
  private static final int BATCH = 10;
  private static final int MEGABYTE = 1 << 20;

  /** Far more than is accepted, and little enough that a node which takes all of it survives. */
  private static final int FLOOD = 100 * MEGABYTE;

  private static final Set<Long> ENDLESS = ConcurrentHashMap.newKeySet();
  private static final Set<Long> CHUNKED = ConcurrentHashMap.newKeySet();
  private static final Set<Long> PACKED = ConcurrentHashMap.newKeySet();
  private static final Set<Long> CLOSED_BY_CALLER = ConcurrentHashMap.newKeySet();
  private static final AtomicLong FLOODED = new AtomicLong();
  private static byte[] packed;
  private static volatile Drip drip;
  private static RawGateway gateway;
  private static NodeForTests node;

  /** What comes over and over. */
  enum Drip {
    IN_THE_HEAD("HTTP/1.1 200 OK\r\nX-Pad: ", "x"),
    IN_THE_BODY("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{", " "),
    IN_CHUNKS("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n"),
    IN_THE_LENGTH_OF_A_CHUNK("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", "x");

    private final byte[] first;
    private final byte[] each;

    Drip(String first, String each) {
      this.first = first.getBytes(ISO_8859_1);
      this.each = each.getBytes(ISO_8859_1);
    }
  }

  @BeforeAll
  static void start() throws IOException {
    packed = packed();
    gateway = RawGateway.start(EndlessRepliesTest::answer);
    node =
        NodeForTests.start(
            gateway.baseUrl(),
            SimulatedAccounts.accounts(1, 0, 0),
            Map.of(
                "tuodui.gateway.response-timeout",
                RESPONSE_TIMEOUT,
                "tuodui.collect.batch-size",
                BATCH,
                "tuodui.collect.batches",
                1,
                "tuodui.inbox.enabled",
                false));
  }

  @AfterAll
  static void stop() throws IOException {
    node.close();
    gateway.close();
  }

  private static void answer(long itemId, OutputStream connection) throws IOException {
    if (PACKED.remove(itemId)) {
      write(
          connection,
          "Content-Encoding: gzip\r\nContent-Length: %d\r\n".formatted(packed.length),
          packed);
      return;
    }
    if (!ENDLESS.remove(itemId)) {
      byte[] body = GatewayStub.Reply.item(itemId, "").body();
      if (CHUNKED.remove(itemId)) {
        write(connection, "Transfer-Encoding: chunked\r\n", oneChunk(body));
      } else {
        write(connection, "Content-Length: %d\r\n".formatted(body.length), body);
      }
      return;
    }
    try {
      if (drip == null) {
        flood(connection);
      } else {
        connection.write(drip.first);
        while (true) {
          connection.write(drip.each);
          LockSupport.parkNanos(BETWEEN_DRIPS.toNanos());
        }
      }
    } catch (IOException closed) {
      CLOSED_BY_CALLER.add(itemId);
      throw closed;
    }
  }

  private static byte[] oneChunk(byte[] body) throws IOException {
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    chunks.write("%x\r\n".formatted(body.length).getBytes(ISO_8859_1));
    chunks.write(body);
    chunks.write("\r\n0\r\n\r\n".getBytes(ISO_8859_1));
    return chunks.toByteArray();
  }

  private static void write(OutputStream connection, String headers, byte[] body)
      throws IOException {
    ByteArrayOutputStream reply = new ByteArrayOutputStream();
    reply.write("HTTP/1.1 200 OK\r\n%s\r\n".formatted(headers).getBytes(ISO_8859_1));
    reply.write(body);
    connection.write(reply.toByteArray());
  }

  /** What unpacks to as much as {@link #flood} sends. */
  private static byte[] packed() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      byte[] blanks = " ".repeat(MEGABYTE).getBytes(ISO_8859_1);
      for (int written = 0; written < FLOOD; written += MEGABYTE) {
        gzip.write(blanks);
      }
    }
    return packed.toByteArray();
  }

  private static void flood(OutputStream connection) throws IOException {
    connection.write(
        "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(FLOOD).getBytes(ISO_8859_1));
    byte[] blanks = " ".repeat(MEGABYTE).getBytes(ISO_8859_1);
    for (int sent = 0; sent < FLOOD; sent += MEGABYTE) {
      connection.write(blanks);
      FLOODED.addAndGet(MEGABYTE);
    }
  }

  /** Its batch, and with it all that the node can hold, would wait for ever. */
  @ParameterizedTest
  @EnumSource(Drip.class)
  void aReplyThatDripsIsGivenUpAsATimeOutAndCalledForAgain(Drip drip) {
    EndlessRepliesTest.drip = drip;
    long[] ids = ids();
    ENDLESS.add(ids[3]);
    int before = gateway.requests();
    Receipt receipt = node.complete(node.submit(ids));
    assertThat(receipt.succeeded()).isEqualTo(ids.length);
    assertThat(receipt.calls()).isEqualTo(gateway.requests() - before);
    assertThat(attempts(ids[3]))
        .first()
        .satisfies(
            attempt ->
                assertThat(attempt)
                    .containsEntry("reply_class", "network")
                    .containsEntry("code", "SocketTimeoutException")
                    .containsEntry("calls", 1)
                    .containsEntry(
                        "message",
                        "the reply had not ended after " + 4 * RESPONSE_TIMEOUT + " ms"));
    assertStored(ids);
    await("its connection is of no use").until(() -> CLOSED_BY_CALLER.contains(ids[3]));
  }

  @Test
  void aBodyWithoutEndIsReadToTheLimitAndNoFurther() {
    drip = null;
    long[] ids = ids();
    ENDLESS.add(ids[3]);
    assertThat(node.complete(node.submit(ids)).succeeded()).isEqualTo(ids.length);
    assertTooLarge(ids[3]);
    assertStored(ids);
    await("its connection is of no use").until(() -> CLOSED_BY_CALLER.contains(ids[3]));
    assertThat(FLOODED.get()).as("bytes taken").isLessThan(FLOOD / 2);
  }

  @Test
  void norIsWhatABodyUnpacksTo() {
    long[] ids = ids();
    PACKED.add(ids[3]);
    assertThat(node.complete(node.submit(ids)).succeeded()).isEqualTo(ids.length);
    assertTooLarge(ids[3]);
  }

  private static void assertTooLarge(long id) {
    assertThat(attempts(id))
        .first()
        .satisfies(
            attempt ->
                assertThat(attempt)
                    .containsEntry("reply_class", "malformed")
                    .containsEntry("code", "too-large")
                    .containsEntry("http_status", 200)
                    .containsEntry("message", "a reply of more than 12582912 bytes is too large"));
  }

  /** A connection takes longer to make than most calls do, and costs both sides more. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aReplyThatEndsLeavesItsConnectionForTheNextCall(boolean inChunks) {
    long[] ids = IntStream.range(0, 5).mapToObj(i -> ids()).flatMapToLong(LongStream::of).toArray();
    if (inChunks) {
      LongStream.of(ids).forEach(CHUNKED::add);
    }
    int before = gateway.connections();
    assertThat(node.complete(node.submit(ids)).calls()).isEqualTo(ids.length);
    assertThat(gateway.connections() - before)
        .as("connections made for %d calls, %d at once", ids.length, BATCH)
        .isLessThanOrEqualTo(BATCH);
  }

  private static long[] ids() {
    return LongStream.range(0, BATCH).map(i -> NEXT.incrementAndGet()).toArray();
  }

  private static List<Map<String, Object>> attempts(long id) {
    return node.rows("SELECT * FROM task_attempt WHERE item_id = ? ORDER BY token", id);
  }

  private static void assertStored(long[] ids) {
    assertThat(
            node.rows(
                "SELECT COUNT(*) AS n FROM item WHERE item_id BETWEEN ? AND ?",
                ids[0],
                ids[ids.length - 1]))
        .containsExactly(Map.of("n", (long) ids.length));
  }
}
