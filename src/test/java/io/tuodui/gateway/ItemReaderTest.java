package io.tuodui.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tuodui.item.Attribute;
import io.tuodui.item.Item;
import io.tuodui.item.PriceTier;
import io.tuodui.item.Seller;
import io.tuodui.item.Sku;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemReaderTest {

  private static final String HOST = "https://cbu01.alicdn.com/img/ibank/";

  @Test
  void readsQueryProductDetail() {
    Item item = read("aop", 670291644950L, "query-product-detail.json");

    assertThat(item.title()).isEqualTo("伊念夏季👗连衣裙");
    assertThat(item.categoryId()).isEqualTo(1031919);
    assertThat(item.categoryName()).isNull();
    assertThat(item.status()).isEqualTo("published");
    assertThat(item.priceMin()).isEqualTo("13.5");
    assertThat(item.priceMax()).isEqualTo("16.50");
    assertThat(item.minOrderQuantity()).isEqualTo(2);
    assertThat(item.stock()).isEqualTo(166761);
    assertThat(item.unit()).isEqualTo("件");
    assertThat(item.currency()).isEqualTo("CNY");
    assertThat(item.seller()).isEqualTo(new Seller("BBBsynthetic-open-id", null, null));
    assertThat(item.createdAt()).isEqualTo(Instant.parse("2022-03-20T16:00:00Z"));
    assertThat(item.updatedAt()).isNull();
    assertThat(item.images())
        .containsExactly(
            HOST + "O1CN01main_!!2212511504862-0-cib.jpg", HOST + "O1CN01side_!!0-0-cib.jpg");
    assertThat(item.priceTiers())
        .containsExactly(tier(2, "13.90", "13.21"), tier(20, "13.5", "12.83"));
    assertThat(item.attributes())
        .containsExactly(
            new Attribute(2176L, "品牌", "伊念"),
            new Attribute(364L, "流行元素", "褶皱"),
            new Attribute(364L, "流行元素", "拼接"));
    assertThat(item.skus()).hasSize(18);
    assertThat(item.skus().get(3).stock()).isNull();
    assertThat(item.skus().get(0))
        .isEqualTo(
            new Sku(
                4829152353069L,
                "594b40c111b019af610a0078e4316001",
                "1985-1",
                new BigDecimal("15.9"),
                9001L,
                List.of(new Attribute(3216L, "颜色", "雾霾蓝"), new Attribute(450L, "尺码", "S")),
                HOST + "O1CN01abc0_!!2212511504862-0-cib.jpg"));
  }

  @Test
  void readsTheFlatProductInfo() {
    Item item = read("aop", 573741401425L, "product-info.json");

    assertThat(item.title()).isEqualTo("纯棉T恤");
    assertThat(item.categoryId()).isEqualTo(122204003);
    assertThat(item.categoryName()).isEqualTo("T恤");
    assertThat(item.priceMin()).isEqualTo("13.5");
    assertThat(item.priceMax()).isEqualTo("15.9");
    assertThat(item.minOrderQuantity()).isEqualTo(2);
    assertThat(item.stock()).as("the sum of the variants").isEqualTo(6500);
    assertThat(item.unit()).isEqualTo("件");
    assertThat(item.seller()).isEqualTo(new Seller("2212511504862", "seller-login", null));
    assertThat(item.createdAt()).isEqualTo(Instant.parse("2022-03-21T04:00:00Z"));
    assertThat(item.updatedAt()).isEqualTo(Instant.parse("2024-05-01T04:00:00.500Z"));
    assertThat(item.images())
        .containsExactly(
            HOST + "2015/027/083/2685380720_409073960.jpg",
            HOST + "2015/027/083/2685380721_409073960.jpg",
            HOST + "2.jpg");
    assertThat(item.skus())
        .containsExactly(
            new Sku(
                3810851782509L,
                "e59a659a891496dc81829ef0e5b34d12",
                "A-1",
                new BigDecimal("15.9"),
                6000L,
                List.of(new Attribute(1654L, "规格", "200mL")),
                HOST + "a.jpg"),
            new Sku(3810851782510L, null, "B-7", null, 500L, List.of(), null));
    assertThat(item.attributes()).containsExactly(new Attribute(2176L, "品牌", "自有"));
  }

  @Test
  void readsItemGet() {
    Item item = read("item-get", 573741401425L, "item-get.json");

    assertThat(item.title()).isEqualTo("纯棉T恤");
    assertThat(item.priceMin()).isEqualTo("13.50");
    assertThat(item.priceMax()).isEqualTo("15.9");
    assertThat(item.stock()).isEqualTo(10);
    assertThat(item.seller()).isEqualTo(new Seller("店主", "店主", null));
    assertThat(item.skus()).extracting(Sku::skuId).containsExactly(11L, 12L);
  }

  @Test
  void takesTheItemsOwnPriceWhenNoVariantHasOne() throws Exception {
    Item item = item("{'item_id':1,'title':'x','price':'13.50-15.90'}");

    assertThat(item.priceMin()).isEqualTo("13.50");
    assertThat(item.priceMax()).isEqualTo("15.90");
  }

  @Test
  void takesTheReferencePriceLast() throws Exception {
    assertThat(item("{'productID':1,'referencePrice':'13.5~15.9'}").priceMax()).isEqualTo("15.9");
    assertThat(item("{'productID':1,'referencePrice':'66.0'}").priceMin()).isEqualTo("66.0");
    assertThat(item("{'productID':1,'referencePrice':'面议'}").priceMin()).isNull();
  }

  @Test
  void aPromotionIsNotTheLowestPriceOfAll() throws Exception {
    Item item =
        item(
            "{'offerId':1,'productSaleInfo':{'priceRangeList':"
                + "[{'startQuantity':1,'price':9,'promotionPrice':8}]}}");

    assertThat(item.priceMin()).isEqualTo("9");
    assertThat(item.priceTiers()).containsExactly(tier(1, "9", "8"));
  }

  @Test
  void everyFieldOfTheWrongTypeCostsOnlyItself() throws Exception {
    ObjectNode whole =
        (ObjectNode)
            Json.MAPPER
                .readTree(TestData.bytes("/item/query-product-detail.json"))
                .at("/result/result");
    for (String field : (Iterable<String>) () -> whole.deepCopy().fieldNames()) {
      for (String broken : List.of("null", "[]", "{}", "-1", "true", "'?'", "[[1]]", "[null]")) {
        ObjectNode item = whole.deepCopy();
        item.set(field, Json.MAPPER.readTree(broken.replace('\'', '"')));

        assertThat(ItemReader.read(1, item).itemId()).isEqualTo(1);
      }
    }
  }

  @Test
  void theSellersIdIsTheMostStableOne() throws Exception {
    assertThat(
            item("{'sellerLoginId':'login','supplierUserId':7,'sellerOpenId':'open'}")
                .seller()
                .sellerId())
        .isEqualTo("open");
    assertThat(item("{'sellerLoginId':'login','supplierUserId':7}").seller().sellerId())
        .isEqualTo("7");
    assertThat(item("{'seller_nick':'nick','sellerLoginId':'login'}").seller().sellerId())
        .isEqualTo("login");
    assertThat(item("{}").seller()).isNull();
  }

  private static Item read(String dialect, long itemId, String file) {
    Verdict verdict =
        Dialects.named(dialect, null, null, Clock.systemUTC())
            .read(itemId, 200, TestData.bytes("/item/" + file));
    assertThat(verdict.replyClass()).as(verdict.message()).isEqualTo(ReplyClass.SUCCEEDED);
    return verdict.item();
  }

  private static Item item(String json) throws Exception {
    JsonNode node = Json.MAPPER.readTree(json.replace('\'', '"'));
    return ItemReader.read(1, node);
  }

  private static PriceTier tier(int startQuantity, String price, String promotionPrice) {
    return new PriceTier(startQuantity, new BigDecimal(price), new BigDecimal(promotionPrice));
  }
}
