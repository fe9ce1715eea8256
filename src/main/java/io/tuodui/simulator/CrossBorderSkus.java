package io.tuodui.simulator;

/**
 * The variants of the cross-border detail: {@code price} is null, a string or a number, by product.
 */
final class CrossBorderSkus {
  private CrossBorderSkus() {}

  static void write(Utf8Json json, Product product, Dice noise) {
    boolean priced = noise.percent(50);
    boolean numbers = noise.percent(20);
    json.array("productSkuInfos");
    for (int sku = 0; sku < product.skus(); sku++) {
      int fen = product.skuFen(sku);
      json.object().field("amountOnSale", product.skuStock(sku));
      if (!priced) {
        json.nothing("price");
      } else if (numbers) {
        json.yuan("price", fen);
      } else {
        json.yuanText("price", fen);
      }
      json.nothing("jxhyPrice").nothing("pfJxhyPrice").yuanText("consignPrice", fen);
      if (product.promotionPercent > 0) {
        json.yuanText("promotionPrice", product.promotionFen(fen));
      } else {
        json.nothing("promotionPrice");
      }
      json.field("skuId", product.skuId(sku))
          .hash("specId", product.skuBits(sku), product.skuId(sku))
          .field("cargoNumber", "A-" + (sku + 1));
      SkuAttributes.write(
          json,
          "skuAttributes",
          product,
          sku,
          CrossBorderJson.IMAGE_HOST,
          CrossBorderSkus::skuAttribute);
      json.endObject();
    }
    json.endArray();
  }

  private static void skuAttribute(
      Utf8Json json, Category.Option option, Word value, String image) {
    json.object()
        .field("attributeId", option.id())
        .field("attributeName", option.name().chinese())
        .field("attributeNameTrans", option.name().english())
        .field("value", value.chinese())
        .field("valueTrans", value.english())
        .field("skuImageUrl", image)
        .endObject();
  }
}
