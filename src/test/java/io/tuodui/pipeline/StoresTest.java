package io.tuodui.pipeline;

import static io.tuodui.pipeline.ItemOutcomes.found;
import static io.tuodui.pipeline.ItemOutcomes.gone;
import static io.tuodui.pipeline.ItemOutcomes.item;
import static io.tuodui.pipeline.ItemOutcomes.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.model.Filters;
import io.tuodui.NodeForTests;
import io.tuodui.SimulatedNode;
import io.tuodui.collect.Outcome;
import io.tuodui.gateway.ReplyClass;
import io.tuodui.item.Attribute;
import io.tuodui.item.Item;
import io.tuodui.item.Seller;
import io.tuodui.item.Sku;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The route {@code store-batch}, repeated by {@code store-patiently}: whatever is written, twice or
 * late, the newest reply stands.
 */
@ExtendWith(SimulatedNode.class)
class StoresTest {
  private static final AtomicLong NEXT = new AtomicLong(800_000_000_000L);
  private static final Instant OLD = Instant.parse("2026-03-01T10:00:00.123Z");
  private static final Instant NEW = OLD.plusMillis(1);
  private static final List<String> TABLES =
      List.of("item", "item_sku", "item_price_tier", "item_image", "item_attribute");

  private NodeForTests node;

  @BeforeEach
  void use(NodeForTests node) {
    this.node = node;
  }

  private void store(Outcome... outcomes) {
    store(List.of(outcomes));
  }

  private void store(List<Outcome> outcomes) {
    node.camel().requestBody("direct:store-patiently", outcomes);
  }

  private Map<String, Object> row(long id) {
    return node.rows("SELECT * FROM item WHERE item_id = ?", id).get(0);
  }

  private List<List<Map<String, Object>>> everythingOf(long id) {
    return TABLES.stream()
        .map(table -> node.rows("SELECT * FROM " + table + " WHERE item_id = ? ORDER BY 1, 2", id))
        .toList();
  }

  private Document raw(long id) {
    return node.bean(MongoClient.class)
        .getDatabase(node.setting("tuodui.mongodb.database"))
        .getCollection("raw_reply")
        .find(Filters.eq("itemId", id))
        .first();
  }

  private void assertHolds(long id, int version) {
    assertThat(row(id))
        .containsEntry("title", "title " + version)
        .containsEntry("sku_count", version)
        .hasEntrySatisfying(
            "parts_hash", hash -> assertThat(hash).isEqualTo(row(id).get("content_hash")));
    for (String table : TABLES.subList(1, TABLES.size())) {
      assertThat(node.rows("SELECT * FROM " + table + " WHERE item_id = ?", id))
          .as(table + " of version " + version)
          .hasSize(version);
    }
    assertThat(node.rows("SELECT value FROM item_attribute WHERE item_id = ?", id))
        .allSatisfy(row -> assertThat(row).containsEntry("value", "v" + version));
    assertThat(node.rows("SELECT login_id FROM seller WHERE seller_id = ?", "BBB" + id).get(0))
        .containsEntry("login_id", "login " + version);
    assertThat(raw(id).getEmbedded(List.of("newest", "reply", "version"), Integer.class))
        .isEqualTo(version);
  }

  @Test
  void theNewerReplyStandsWhicheverComesFirst() {
    long olderFirst = NEXT.incrementAndGet();
    long newerFirst = NEXT.incrementAndGet();
    store(found(olderFirst, 2, OLD), found(newerFirst, 1, NEW));
    store(found(olderFirst, 1, NEW), found(newerFirst, 2, OLD));
    assertHolds(olderFirst, 1);
    assertHolds(newerFirst, 1);
    assertThat(row(newerFirst).get("first_seen_at"))
        .isEqualTo(LocalDateTime.parse("2026-03-01T10:00:00.123"));
  }

  /** Each repetition would cost a batch half a second, and nobody would notice. */
  @Test
  void whatIsNewAndWhatIsNewerIsStoredAtTheFirstTry() {
    long id = NEXT.incrementAndGet();
    node.camel().requestBody("direct:store-batch", List.of(found(id, 3, OLD)));
    node.camel().requestBody("direct:store-batch", List.of(found(id, 2, NEW)));
    assertHolds(id, 2);
  }

  /** Its parts are still there, of another number, and must neither remain nor be in the way. */
  @Test
  void aRowThatWasLostIsStoredAgainWithItsParts() {
    long id = NEXT.incrementAndGet();
    store(found(id, 3, OLD));
    node.sql().sql("DELETE FROM item WHERE item_id = ?").param(id).update();
    store(found(id, 2, NEW));
    assertHolds(id, 2);
  }

  /** Several nodes may hold the same items, in any order; neither order nor a deadlock may show. */
  @Test
  void twoWritersAtOnceEndWithTheNewerOne() throws Exception {
    for (int round = 0; round < 6; round++) {
      List<Long> ids = LongStream.range(0, 20).mapToObj(i -> NEXT.incrementAndGet()).toList();
      CyclicBarrier start = new CyclicBarrier(2);
      CompletableFuture<Void> older = writer(ids, 3, OLD, start);
      List<Long> backwards = new ArrayList<>(ids);
      Collections.reverse(backwards);
      CompletableFuture<Void> newer = writer(backwards, 2, NEW, start);
      CompletableFuture.allOf(older, newer).get();
      ids.forEach(id -> assertHolds(id, 2));
    }
  }

  /** No key of theirs is in the way of the other's parts. */
  @Test
  void twoWritersAtOnceOfItemsWithoutACommonPartEndWithTheNewerOne() throws Exception {
    for (int round = 0; round < 6; round++) {
      List<Long> ids = LongStream.range(0, 20).mapToObj(i -> NEXT.incrementAndGet()).toList();
      CyclicBarrier start = new CyclicBarrier(2);
      List<Outcome> images =
          ids.stream().map(id -> parts(id, List.of("https://a"), List.of(), OLD)).toList();
      List<Outcome> attributes =
          ids.stream().map(id -> parts(id, List.of(), attributes("red"), NEW)).toList();
      CompletableFuture.allOf(writer(images, start), writer(attributes, start)).get();
      for (long id : ids) {
        assertThat(node.rows("SELECT * FROM item_image WHERE item_id = ?", id)).isEmpty();
        assertThat(node.rows("SELECT * FROM item_attribute WHERE item_id = ?", id)).hasSize(5);
      }
    }
  }

  private static Outcome parts(
      long id, List<String> images, List<Attribute> attributes, Instant at) {
    Item item =
        new Item(
            id,
            "title",
            7L,
            null,
            Item.PUBLISHED,
            null,
            null,
            1,
            5L,
            null,
            "CNY",
            null,
            null,
            null,
            images,
            List.of(),
            List.of(),
            attributes);
    return outcome(id, ReplyClass.SUCCEEDED, item, "{}", at);
  }

  private CompletableFuture<Void> writer(
      List<Long> ids, int version, Instant at, CyclicBarrier start) {
    return writer(ids.stream().map(id -> found(id, version, at)).toList(), start);
  }

  private CompletableFuture<Void> writer(List<Outcome> batch, CyclicBarrier start) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                start.await();
                store(batch);
                done.complete(null);
              } catch (Exception e) {
                done.completeExceptionally(e);
              }
            });
    thread.start();
    return done;
  }

  @Test
  void aBatchWrittenAgainChangesNothing() {
    long id = NEXT.incrementAndGet();
    store(found(id, 2, OLD));
    List<List<Map<String, Object>>> before = everythingOf(id);
    Document rawBefore = raw(id);
    store(found(id, 2, OLD));
    assertThat(everythingOf(id)).isEqualTo(before);
    assertThat(raw(id)).isEqualTo(rawBefore);
  }

  @Test
  void onlyAChangedContentTouchesTheParts() {
    long id = NEXT.incrementAndGet();
    store(found(id, 2, OLD));
    Object updatedAt = row(id).get("updated_at");
    node.sql().sql("UPDATE item_sku SET code = 'mark' WHERE item_id = ?").param(id).update();
    store(found(id, 2, NEW));
    assertThat(node.rows("SELECT code FROM item_sku WHERE item_id = ?", id))
        .as("the same content: left alone")
        .allSatisfy(row -> assertThat(row).containsEntry("code", "mark"));
    assertThat(row(id))
        .containsEntry("updated_at", updatedAt)
        .containsEntry("last_seen_at", LocalDateTime.parse("2026-03-01T10:00:00.124"));
    store(found(id, 3, NEW.plusSeconds(1)));
    assertHolds(id, 3);
    assertThat(node.rows("SELECT code FROM item_sku WHERE item_id = ?", id))
        .allSatisfy(row -> assertThat(row).containsEntry("code", "c"));
    assertThat(row(id).get("updated_at")).isNotEqualTo(updatedAt);
  }

  @Test
  void anItemThatIsGoneKeepsItsDataAndMayComeBack() {
    long id = NEXT.incrementAndGet();
    store(found(id, 2, NEW));
    store(gone(id, OLD));
    assertThat(row(id)).as("old news").containsEntry("status", "published");
    store(gone(id, NEW.plusSeconds(1)));
    assertThat(row(id)).containsEntry("status", "gone").containsEntry("title", "title 2");
    store(found(id, 2, NEW.plusSeconds(2)));
    assertThat(row(id))
        .containsEntry("status", "published")
        .containsEntry("updated_at", LocalDateTime.parse("2026-03-01T10:00:02.124"));
    assertHolds(id, 2);
  }

  @Test
  void theSameItemTwiceInOneBatchIsOneRow() {
    long id = NEXT.incrementAndGet();
    store(found(id, 1, OLD), found(id, 2, NEW));
    assertHolds(id, 2);
  }

  @Test
  void sellersThatDifferInCaseAloneAreTwo() {
    long id = NEXT.incrementAndGet();
    Outcome upper = found(id, 1, OLD);
    store(upper);
    node.sql()
        .sql("INSERT INTO seller VALUES (LOWER(?), 'other', NULL, NOW(), NOW())")
        .param("BBB" + id)
        .update();
    assertThat(node.rows("SELECT seller_nick FROM item_detail WHERE item_id = ?", id))
        .containsExactly(Map.of("seller_nick", "login 1"));
  }

  @Test
  void textsAreCutToTheirColumnsAndEmojiAreOneCharacter() {
    long id = NEXT.incrementAndGet();
    Item plain = item(id, 1);
    String emoji = "🐫".repeat(600);
    Item longOne =
        new Item(
            id,
            emoji,
            7L,
            emoji,
            emoji,
            plain.priceMin(),
            plain.priceMax(),
            1,
            5L,
            emoji,
            "CNY",
            new Seller("S" + id, emoji, emoji),
            null,
            null,
            List.of("https://cbu01.alicdn.com/" + "x".repeat(600)),
            List.of(new Sku(1, emoji, emoji, null, null, attributes(emoji), null)),
            List.of(),
            attributes(emoji));
    store(outcome(id, ReplyClass.SUCCEEDED, longOne, "{}", NEW));
    assertThat((String) row(id).get("title")).isEqualTo("🐫".repeat(500));
    assertThat((String) row(id).get("status")).isEqualTo("🐫".repeat(40));
    assertThat(node.rows("SELECT code FROM item_sku WHERE item_id = ?", id).get(0))
        .containsEntry("code", "🐫".repeat(200));
  }

  private static List<Attribute> attributes(String text) {
    return IntStream.range(0, 5).mapToObj(i -> new Attribute(null, text, text + text)).toList();
  }
}
