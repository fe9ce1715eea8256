package io.tuodui.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.time.Clock;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the products look like, over many ids: valid, varied, and always the same. */
class ProductsTest {
  private static final Clock CLOCK = Clock.systemUTC();

  @Test
  void idsAreDistinctAndLong() {
    long[] ids = SimulatedItems.ids(100_000).toArray();
    assertThat(LongStream.of(ids).distinct().count()).isEqualTo(ids.length);
    assertThat(LongStream.of(ids).min().orElseThrow()).isGreaterThan(100_000_000_000L);
    assertThat(SimulatedItems.ids(100_000).toArray()).isEqualTo(ids);
    double gone = LongStream.of(ids).filter(id -> !SimulatedItems.exists(id)).count();
    double off = LongStream.of(ids).filter(id -> !SimulatedItems.published(id)).count() - gone;
    assertThat(gone / ids.length).isCloseTo(0.03, within(0.004));
    assertThat(off / ids.length).isCloseTo(0.02, within(0.004));
  }

  @Test
  void eachShapeIsValidJsonAndSaysTheSame() {
    Set<JsonNodeType> priceTypes = EnumSet.noneOf(JsonNodeType.class);
    Set<Integer> dateLengths = new HashSet<>();
    for (long id : published(500)) {
      JsonNode detail = parse(SimulatedAopApi.CROSS_BORDER, id).at("/result/result");
      JsonNode flat = parse(SimulatedAopApi.OWN, id).path("productInfo");
      JsonNode item =
          GatewayClient.parse(new String(ItemGetJson.item(new Product(id), null), UTF_8))
              .path("item");

      assertThat(detail.path("offerId").asLong()).isEqualTo(id);
      assertThat(flat.path("productID").asLong()).isEqualTo(id);
      assertThat(item.path("item_id").asLong()).isEqualTo(id);
      assertThat(flat.path("subject")).isEqualTo(detail.path("subject"));
      assertThat(item.path("title")).isEqualTo(detail.path("subject"));
      assertThat(flat.path("status").asText()).isEqualTo("published");
      assertThat(detail.path("productSkuInfos")).hasSameSizeAs(flat.path("skuInfos"));
      assertThat(detail.path("productSkuInfos").size()).isBetween(1, 60);
      assertThat(detail.path("description").asText()).contains("<img src=\"https://");
      ascending(detail.at("/productSaleInfo/priceRangeList"));
      ascending(flat.at("/saleInfo/priceRanges"));
      types(detail);
      assertThat(detail.at("/productImage/images/0").asText())
          .isEqualTo("https://cbu01.alicdn.com/" + flat.at("/image/images/0").asText());
      priceTypes.add(detail.at("/productSkuInfos/0/price").getNodeType());
      dateLengths.add(detail.path("createDate").asText().length());
    }
    assertThat(priceTypes).contains(JsonNodeType.NULL, JsonNodeType.STRING, JsonNodeType.NUMBER);
    assertThat(dateLengths).containsExactlyInAnyOrder(10, 19);
  }

  /** The types of protocol section 3.1. */
  private static void types(JsonNode detail) {
    assertThat(detail.at("/productAttribute/0/attributeId").isTextual()).isTrue();
    assertThat(detail.at("/productSkuInfos/0/skuAttributes/0/attributeId").isNumber()).isTrue();
    assertThat(detail.at("/productSkuInfos/0/skuId").isNumber()).isTrue();
    assertThat(detail.at("/productShippingInfo/skuShippingDetails/0/skuId").isTextual()).isTrue();
    assertThat(detail.path("soldOut").isTextual()).isTrue();
    assertThat(detail.at("/sellerDataInfo/repeatPurchasePercent").asText())
        .matches("\\d+\\.\\d\\d%");
  }

  private static void ascending(JsonNode tiers) {
    assertThat(tiers).isNotEmpty();
    for (int tier = 1; tier < tiers.size(); tier++) {
      assertThat(tiers.get(tier).path("startQuantity").asInt())
          .isGreaterThan(tiers.get(tier - 1).path("startQuantity").asInt());
      assertThat(tiers.get(tier).path("price").asDouble())
          .isLessThan(tiers.get(tier - 1).path("price").asDouble());
    }
  }

  @Test
  void theSameIdIsAlwaysTheSameProduct() {
    for (long id : published(50)) {
      for (SimulatedAopApi api : EnumSet.of(SimulatedAopApi.CROSS_BORDER, SimulatedAopApi.OWN)) {
        assertThat(api.body(id, CLOCK)).isEqualTo(api.body(id, CLOCK));
      }
    }
  }

  @Test
  void itemsOffTheShelfSaySoInBothWays() {
    Set<String> seen = new HashSet<>();
    for (long id : SimulatedItems.ids(1000).filter(id -> !SimulatedItems.published(id)).toArray()) {
      JsonNode detail = parse(SimulatedAopApi.CROSS_BORDER, id).path("result");
      JsonNode simple = parse(SimulatedAopApi.SIMPLE, id);
      JsonNode cross = parse(SimulatedAopApi.CROSS, id);
      if (!SimulatedItems.exists(id)) {
        seen.add("unknown");
        assertThat(simple.path("errMsg").asText()).isEqualTo("商品[" + id + "]不存在");
        assertThat(cross.path("message").asText()).isEqualTo("商品[" + id + "]不存在");
        assertThat(detail.path("success").asBoolean(true)).isFalse();
      } else if (detail.path("success").asBoolean()) {
        seen.add("status");
        assertThat(detail.at("/result/status").asText()).isEqualTo("member expired");
        assertThat(simple.at("/productInfo/status").asText()).isEqualTo("member expired");
        assertThat(cross.path("success").asBoolean()).isTrue();
      } else {
        seen.add("message");
        assertThat(detail.path("message").asText()).contains("已下架");
        assertThat(cross.path("success").asBoolean(true)).isFalse();
      }
    }
    assertThat(seen).containsExactlyInAnyOrder("unknown", "status", "message");
  }

  @Test
  void strangeTextIsEscaped() {
    String text = "\"\\\n\u0001é连😀";
    byte[] json = Utf8Json.start().object().field("text", text).endObject().toBytes();
    assertThat(GatewayClient.parse(new String(json, UTF_8)).path("text").asText()).isEqualTo(text);
  }

  private static long[] published(int n) {
    return SimulatedItems.ids(n + n / 5).filter(SimulatedItems::published).limit(n).toArray();
  }

  private static JsonNode parse(SimulatedAopApi api, long id) {
    return GatewayClient.parse(new String(api.body(id, CLOCK), UTF_8));
  }
}
