package io.tuodui.pipeline;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.MongoClient;
import com.mongodb.client.model.Filters;
import io.tuodui.NodeForTests;
import io.tuodui.SimulatedNode;
import io.tuodui.gateway.AopApi;
import io.tuodui.gateway.AopDialect;
import io.tuodui.gateway.GatewayRequest;
import io.tuodui.job.Receipt;
import io.tuodui.simulator.SimulatedItems;
import io.tuodui.simulator.Simulator;
import io.tuodui.simulator.SimulatorStats;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * A list of ids from its submission to the rows and documents, against what the simulator serves.
 */
@ExtendWith(SimulatedNode.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeJobTest {
  private static final int IDS = 300;
  private static final int SHARDS = 8;

  private NodeForTests node;
  private Simulator simulator;
  private List<Long> ids;
  private Receipt receipt;
  private SimulatorStats.Totals before;
  private SimulatorStats.Totals after;

  @BeforeAll
  void collect(NodeForTests node, Simulator simulator) {
    this.node = node;
    this.simulator = simulator;
    ids = SimulatedItems.ids(IDS).boxed().toList();
    List<String> lines = new ArrayList<>();
    ids.forEach(id -> lines.add(id.toString()));
    lines.add("# a comment");
    lines.add("https://detail.1688.com/offer/" + ids.get(0) + ".html");
    lines.add(ids.get(1).toString());
    lines.add("-5");
    lines.add("123456789012345678901234567890");
    before = simulator.stats().totals();
    receipt = node.complete(node.submit(lines));
    after = simulator.stats().totals();
  }

  @Test
  void theReceiptExplainsEveryEntry() {
    long published = ids.stream().filter(SimulatedItems::published).count();
    assertThat(receipt.submitted()).isEqualTo(IDS + 4);
    assertThat(receipt.duplicates()).isEqualTo(2);
    assertThat(receipt.invalid()).isEqualTo(2);
    assertThat(receipt.accepted()).isEqualTo(IDS);
    assertThat(receipt.succeeded()).isEqualTo(published);
    assertThat(receipt.gone()).isEqualTo(IDS - published).isPositive();
    assertThat(receipt.dead() + receipt.cancelled() + receipt.open()).isZero();
    assertThat(receipt.finishedAt()).isAfterOrEqualTo(receipt.startedAt());
  }

  @Test
  void thePlatformSawExactlyTheCallsOfTheReceipt() {
    assertThat(after.calls() - before.calls()).isEqualTo(receipt.calls()).isEqualTo(IDS);
    assertThat(after.refused()).isEqualTo(before.refused());
    assertThat(after.signatureFailures()).isZero();
    assertThat(receipt.refused() + receipt.retried()).isZero();
  }

  @Test
  void redisSaysWhatBecameOfAnId() {
    StringRedisTemplate redis = node.bean(StringRedisTemplate.class);
    for (long id : ids) {
      String key =
          node.setting("tuodui.queue.prefix") + ":{item-detail:" + id % SHARDS + "}:status";
      assertThat(redis.opsForHash().get(key, Long.toString(id)))
          .isEqualTo(SimulatedItems.published(id) ? "succeeded" : "gone");
    }
  }

  @Test
  void rowsHoldWhatThePlatformServes() throws Exception {
    for (long id : ids.stream().filter(SimulatedItems::published).limit(5).toList()) {
      byte[] body = served(id);
      JsonNode item = new ObjectMapper().readTree(body).at("/result/result");
      Map<String, Object> row =
          node.rows(
                  "SELECT item.*, seller.company_name, seller.login_id FROM item"
                      + " LEFT JOIN seller USING (seller_id) WHERE item_id = ?",
                  id)
              .get(0);
      assertThat(row)
          .containsEntry("title", item.path("subject").asText())
          .containsEntry("category_id", item.path("categoryId").asLong())
          .containsEntry("seller_id", item.path("sellerOpenId").asText())
          .containsEntry("status", "published")
          .containsEntry("min_order_quantity", item.path("minOrderQuantity").asInt())
          .containsEntry("stock", item.at("/productSaleInfo/amountOnSale").asLong())
          .containsEntry("unit", item.at("/productSaleInfo/unitInfo/unit").asText())
          .containsEntry("currency", "CNY")
          .containsEntry("image_count", item.at("/productImage/images").size())
          .containsEntry("sku_count", item.path("productSkuInfos").size())
          .containsEntry("raw_hash", sha256(body))
          .containsEntry("parts_hash", row.get("content_hash"));
      List<BigDecimal> prices = new ArrayList<>();
      item.path("productSkuInfos").forEach(sku -> prices.add(price(sku)));
      item.at("/productSaleInfo/priceRangeList").forEach(tier -> prices.add(price(tier)));
      assertThat((BigDecimal) row.get("price_min"))
          .isEqualByComparingTo(prices.stream().min(BigDecimal::compareTo).orElseThrow());
      assertThat((BigDecimal) row.get("price_max"))
          .isEqualByComparingTo(prices.stream().max(BigDecimal::compareTo).orElseThrow());
      checkParts(id, item);
    }
  }

  private void checkParts(long id, JsonNode item) {
    List<Map<String, Object>> skus = parts("item_sku", id, "position");
    assertThat(skus).hasSameSizeAs(item.path("productSkuInfos"));
    for (int i = 0; i < skus.size(); i++) {
      JsonNode sku = item.path("productSkuInfos").get(i);
      assertThat(skus.get(i))
          .containsEntry("sku_id", sku.path("skuId").asLong())
          .containsEntry("spec_id", sku.path("specId").asText())
          .containsEntry("code", sku.path("cargoNumber").asText())
          .containsEntry("stock", sku.path("amountOnSale").asLong());
      assertThat((BigDecimal) skus.get(i).get("price")).isEqualByComparingTo(price(sku));
      JsonNode first = sku.path("skuAttributes").get(0);
      assertThat((String) skus.get(i).get("attributes"))
          .startsWith(first.path("attributeName").asText() + "=" + first.path("value").asText());
    }
    Map<Object, Object> tiers =
        parts("item_price_tier", id, "start_quantity").stream()
            .collect(
                toMap(
                    row -> row.get("start_quantity"),
                    row -> ((BigDecimal) row.get("price")).stripTrailingZeros()));
    assertThat(tiers).hasSameSizeAs(item.at("/productSaleInfo/priceRangeList"));
    for (JsonNode tier : item.at("/productSaleInfo/priceRangeList")) {
      assertThat(tiers)
          .containsEntry(tier.path("startQuantity").asInt(), price(tier).stripTrailingZeros());
    }
    assertThat(parts("item_image", id, "position"))
        .extracting(row -> row.get("url"))
        .containsExactlyElementsOf(texts(item.at("/productImage/images")));
    assertThat(parts("item_attribute", id, "position"))
        .extracting(row -> row.get("value"))
        .containsExactlyElementsOf(
            item.path("productAttribute").findValuesAsText("value").stream()
                .map(Object.class::cast)
                .toList());
  }

  private List<Map<String, Object>> parts(String table, long id, String order) {
    return node.rows("SELECT * FROM " + table + " WHERE item_id = ? ORDER BY " + order, id);
  }

  @Test
  void anItemOffTheShelfIsMarkedAndOneThatNeverWasHasNoRow() {
    long unknown = ids.stream().filter(id -> !SimulatedItems.exists(id)).findFirst().orElseThrow();
    assertThat(node.rows("SELECT * FROM item WHERE item_id = ?", unknown)).isEmpty();
    assertThat(node.rows("SELECT state, code FROM job_task WHERE item_id = ?", unknown).get(0))
        .containsEntry("state", "gone")
        .hasEntrySatisfying("code", code -> assertThat((String) code).startsWith("gone"));
    assertThat(node.rows("SELECT item_id FROM item WHERE status = 'member expired'"))
        .as("items that came with their data, off the shelf")
        .isNotEmpty();
  }

  @Test
  void theRawReplyIsKeptWithItsHash() throws Exception {
    for (long id : ids.stream().limit(20).toList()) {
      byte[] body = served(id);
      Document stored = rawReply(id);
      assertThat(stored.getLong("itemId")).isEqualTo(id);
      assertThat(stored.getString("source")).isEqualTo("item-detail");
      Document document = stored.get("newest", Document.class);
      assertThat(document.getString("hash")).isEqualTo(sha256(body));
      assertThat(document.getInteger("bytes")).isEqualTo(body.length);
      assertThat(document.getInteger("httpStatus")).isEqualTo(200);
      assertThat(document.getString("account")).startsWith("sim-");
      assertThat(document.getDate("fetchedAt").toInstant())
          .isBetween(receipt.startedAt(), receipt.finishedAt());
      assertThat(document.getEmbedded(List.of("reply", "result", "message"), String.class))
          .isEqualTo(new ObjectMapper().readTree(body).at("/result/message").asText());
    }
    assertThat(collection().countDocuments(Filters.in("itemId", ids))).isEqualTo(IDS);
  }

  @Test
  void theViewHasTheColumnsOfTheArticles() {
    List<Map<String, Object>> rows =
        node.rows("SELECT * FROM item_detail WHERE item_id = ?", publishedId());
    assertThat(rows.get(0).keySet())
        .containsExactly(
            "item_id",
            "title",
            "price",
            "category_id",
            "seller_nick",
            "create_time",
            "update_time");
    Map<String, Object> item =
        node.rows("SELECT * FROM item WHERE item_id = ?", publishedId()).get(0);
    assertThat(rows.get(0))
        .containsEntry("title", item.get("title"))
        .containsEntry("price", item.get("price_min"))
        .containsEntry("create_time", item.get("first_seen_at"));
    assertThat(rows.get(0).get("seller_nick")).isNotNull();
  }

  @Test
  void moneyIsNeverAFloat() {
    assertThat(
            node.rows(
                "SELECT column_name, data_type FROM information_schema.columns"
                    + " WHERE table_schema = DATABASE()"
                    + " AND (column_name LIKE '%price%' OR data_type IN ('float', 'double'))"))
        .isNotEmpty()
        .allSatisfy(column -> assertThat(column).containsEntry("data_type", "decimal"));
  }

  private long publishedId() {
    return ids.stream().filter(SimulatedItems::published).findFirst().orElseThrow();
  }

  private com.mongodb.client.MongoCollection<Document> collection() {
    return node.bean(MongoClient.class)
        .getDatabase(node.setting("tuodui.mongodb.database"))
        .getCollection("raw_reply");
  }

  private Document rawReply(long id) {
    return collection().find(Filters.eq("_id", "item-detail:" + id)).first();
  }

  /** What the simulator serves, fetched without the routes. */
  private byte[] served(long id) throws IOException, InterruptedException {
    GatewayRequest request =
        new AopDialect(AopApi.named(null, null)).itemDetail(SimulatedNode.ACCOUNTS.get(0), id);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(simulator.baseUrl() + request.path()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(request.form()))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray())
        .body();
  }

  /** Text and number alike; where a variant has none, that of consignment. */
  private static BigDecimal price(JsonNode node) {
    JsonNode price = node.path("price");
    return new BigDecimal((price.isNull() ? node.path("consignPrice") : price).asText());
  }

  private static List<Object> texts(JsonNode array) {
    List<Object> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
