package io.tuodui.simulator;

/**
 * A product as the {@code productInfo} family gives it (protocol section 3.1, envelope V1): numbers
 * for prices, relative paths for pictures, dates in the platform's own form.
 */
final class FlatJson {
  private FlatJson() {}

  /** {@code {"errMsg": …}}, as {@code simple.get} says that it has no such product. */
  static byte[] errMsg(String message) {
    return Utf8Json.start().object().field("errMsg", message).endObject().toBytes();
  }

  /** {@code {"success": false, "message": …}}. */
  static byte[] failure(String message) {
    return Utf8Json.start()
        .object()
        .field("success", false)
        .field("message", message)
        .endObject()
        .toBytes();
  }

  /**
   * @param withSuccess whether this API adds {@code success} to the product
   */
  static byte[] detail(Product product, boolean withSuccess) {
    Dice noise = product.noise();
    Utf8Json json = Utf8Json.start().object().object("productInfo");
    head(json, product, noise);
    skus(json, product, noise);
    sale(json, product, noise);
    tail(json, product, noise);
    json.endObject().array("bizGroupInfos").object();
    json.field("support", noise.percent(50))
        .field("description", "分销商品")
        .field("code", "isConsignMarketOffer")
        .endObject()
        .endArray();
    if (withSuccess) {
      json.field("success", true);
    }
    return json.endObject().toBytes();
  }

  private static void head(Utf8Json json, Product product, Dice noise) {
    json.field("productID", product.id)
        .field("productType", "wholesale")
        .field("categoryID", product.category.id())
        .field("categoryName", noise.percent(50) ? null : product.category.name())
        .field("status", product.status())
        .field("subject", product.subject())
        .field("description", CrossBorderJson.description(product))
        .field("language", "CHINESE")
        .field("periodOfValidity", 200)
        .field("bizType", 1)
        .field("pictureAuth", false)
        .array("groupID")
        .element(0)
        .endArray()
        .array("attributes");
    attribute(json, 2176, "品牌", product.firm);
    attribute(json, 973, "风格", product.style.chinese());
    json.endArray().object("image").array("images");
    for (int image = 0; image < product.images; image++) {
      json.element(product.image(image));
    }
    json.endArray()
        .field("isWatermark", false)
        .field("isWatermarkFrame", false)
        .nothing("watermarkPosition")
        .endObject();
  }

  private static void attribute(Utf8Json json, long id, String name, String value) {
    json.object()
        .field("attributeID", id)
        .field("attributeName", name)
        .field("valueID", 1)
        .field("value", value)
        .field("isCustom", true)
        .endObject();
  }

  private static void skus(Utf8Json json, Product product, Dice noise) {
    boolean priced = noise.percent(60);
    json.array("skuInfos");
    for (int sku = 0; sku < product.skus(); sku++) {
      int fen = product.skuFen(sku);
      json.object()
          .field("skuId", product.skuId(sku))
          .hash("specId", product.skuBits(sku), product.skuId(sku))
          .nothing("skuCode")
          .field("cargoNumber", "A-" + (sku + 1))
          .field("amountOnSale", product.skuStock(sku));
      if (priced) {
        json.yuan("price", fen);
      } else {
        json.nothing("price");
      }
      json.yuan("retailPrice", fen * 2L).yuan("consignPrice", fen).array("priceRange").object();
      json.field("startQuantity", product.tierStart(0)).yuan("price", fen).endObject().endArray();
      SkuAttributes.write(json, "attributes", product, sku, "", FlatJson::skuAttribute);
      json.endObject();
    }
    json.endArray();
  }

  private static void skuAttribute(
      Utf8Json json, Category.Option option, Word value, String image) {
    json.object()
        .field("attributeID", option.id())
        .field("attributeName", option.name().chinese())
        .field("attributeValue", value.chinese())
        .field("attributeDisplayName", option.name().chinese())
        .field("attValueID", 0)
        .nothing("customValueName")
        .field("skuImageUrl", image)
        .endObject();
  }

  private static void sale(Utf8Json json, Product product, Dice noise) {
    json.object("saleInfo")
        .field("supportOnlineTrade", true)
        .field("mixWholeSale", true)
        .field("saleType", "normal")
        .field("priceAuth", false)
        .field("unit", product.category.unit().chinese())
        .nothing("sellunit")
        .field("amountOnSale", product.stock())
        .field("minOrderQuantity", product.tierStart(0))
        .nothing("batchNumber")
        .field("retailprice", 0)
        .nothing("tax")
        .field("quoteType", noise.below(3))
        .yuan("consignPrice", product.baseFen)
        .field("deliveryLimit", 2)
        .array("priceRanges");
    for (int tier = 0; tier < product.tiers; tier++) {
      json.object()
          .field("startQuantity", product.tierStart(tier))
          .yuan("price", product.tierFen(tier))
          .endObject();
    }
    json.endArray().endObject();
  }

  private static void tail(Utf8Json json, Product product, Dice noise) {
    String day = product.created.toString().replace("-", "");
    json.object("shippingInfo")
        .field("freightTemplateID", 1)
        .yuan("unitWeight", noise.between(5, 300))
        .field("packageSize", "33x22x1")
        .field("volume", 0)
        .field("handlingTime", 2)
        .field("sendGoodsAddressId", 1)
        .field("sendGoodsAddressText", product.town)
        .endObject()
        .array("extendInfos")
        .object()
        .field("key", "buyerProtection")
        .field("value", "[\"ssbxsfh\"]")
        .endObject()
        .endArray()
        .field("supplierUserId", product.sellerId)
        .field("supplierLoginId", product.loginId())
        .field("sellerLoginId", product.loginId())
        .field("qualityLevel", noise.between(1, 5))
        .nothing("mainVedio")
        .field("productCargoNumber", noise.percent(60) ? "K" + product.id % 9973 : null)
        .yuanText("referencePrice", product.tierFen(product.tiers - 1))
        .field("crossBorderOffer", noise.percent(20))
        .numberText("bookedCount", product.sold)
        .field("createTime", day + "120000000+0800")
        .field("lastUpdateTime", "20260501120000000+0800")
        .field("expireTime", "20270101000000000+0800")
        .field("lastRepostTime", day + "120000000+0800")
        .field("approvedTime", day + "121500000+0800");
  }
}
