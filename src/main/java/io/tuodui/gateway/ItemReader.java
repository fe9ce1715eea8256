package io.tuodui.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.tuodui.item.Item;
import io.tuodui.item.PriceTier;
import io.tuodui.item.Seller;
import io.tuodui.item.Sku;
import java.time.Instant;
import java.util.List;

/**
 * Normalises an item out of any of the platform's shapes: the nested one of {@code
 * queryProductDetail}, the flat {@code productInfo} (protocol section 3.1) and that of {@code
 * item-get}. Their field names do not collide, so one reader takes whichever name is there: an API
 * that drifts from one shape to another is then still read.
 */
final class ItemReader {

  /** The names of an item's id. */
  static final String[] ID = {"offerId", "productID", "productId", "item_id", "num_iid"};

  private ItemReader() {}

  /** The item's id, or {@code null} when it is no positive whole number. */
  static Long idOf(JsonNode item) {
    return Fields.id(Fields.first(item, ID));
  }

  /**
   * @param itemId as {@link #idOf} read it
   */
  static Item read(long itemId, JsonNode item) {
    JsonNode sale = Fields.first(item, "productSaleInfo", "saleInfo");
    List<Sku> skus = SkuReader.skus(skuList(item));
    List<PriceTier> tiers = Prices.tiers(Fields.first(sale, "priceRangeList", "priceRanges"));
    Prices prices = Prices.of(item, sale, skus, tiers);
    return new Item(
        itemId,
        Fields.firstText(item, "subject", "title"),
        Fields.id(
            Fields.first(
                item,
                "categoryId",
                "categoryID",
                "category_id",
                "thirdCategoryId",
                "secondCategoryId",
                "topCategoryId")),
        Fields.firstText(item, "categoryName", "category_name"),
        Fields.firstText(item, "status"),
        prices.min(),
        prices.max(),
        minOrderQuantity(item, sale),
        stock(item, sale, skus),
        unit(sale),
        currency(item),
        seller(item),
        date(item, "createTime", "createDate"),
        date(item, "lastUpdateTime", "modifyDate"),
        ImageUrls.all(Fields.first(Fields.first(item, "productImage", "image"), "images")),
        skus,
        tiers,
        SkuReader.attributes(Fields.first(item, "productAttribute", "attributes")));
  }

  private static JsonNode skuList(JsonNode item) {
    JsonNode list = Fields.first(item, "productSkuInfos", "skuInfos", "sku_info");
    return list.isObject() ? Fields.first(list, "sku", "skus") : list;
  }

  private static Integer minOrderQuantity(JsonNode item, JsonNode sale) {
    Integer quantity = Fields.quantity(Fields.first(item, "minOrderQuantity"));
    return quantity == null ? Fields.quantity(Fields.first(sale, "minOrderQuantity")) : quantity;
  }

  /** The item's own figure; without one, the sum of its variants. */
  private static Long stock(JsonNode item, JsonNode sale, List<Sku> skus) {
    Long stock = Fields.stock(Fields.first(sale, "amountOnSale"));
    if (stock == null) {
      stock = Fields.stock(Fields.first(item, "stock", "quantity"));
    }
    if (stock != null || skus.stream().allMatch(sku -> sku.stock() == null)) {
      return stock;
    }
    return skus.stream().mapToLong(sku -> sku.stock() == null ? 0 : sku.stock()).sum();
  }

  private static String unit(JsonNode sale) {
    String unit = Fields.firstText(Fields.first(sale, "unitInfo"), "unit");
    return unit == null ? Fields.firstText(sale, "unit", "sellunit") : unit;
  }

  private static String currency(JsonNode item) {
    String currency = Fields.firstText(item, "currency");
    return currency != null && currency.matches("[A-Z]{3}") ? currency : "CNY";
  }

  /** The open id comes first: the platform's other ids can change or be hidden. */
  private static Seller seller(JsonNode item) {
    String sellerId =
        Fields.firstText(
            item,
            "sellerOpenId",
            "supplierUserId",
            "sellerUserId",
            "sellerLoginId",
            "supplierLoginId",
            "seller_nick");
    String loginId = Fields.firstText(item, "sellerLoginId", "supplierLoginId", "seller_nick");
    String company = Fields.firstText(item, "companyName", "supplierName");
    return sellerId == null && company == null ? null : new Seller(sellerId, loginId, company);
  }

  private static Instant date(JsonNode item, String... names) {
    return PlatformDates.parse(Fields.firstText(item, names));
  }
}
