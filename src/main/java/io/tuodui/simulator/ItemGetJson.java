package io.tuodui.simulator;

/** A product as the {@code item-get} dialect gives it: only the fields that were asked for. */
final class ItemGetJson {
  private static final String ALL = "item_id,title,price,sku_info,category_id,seller_nick";

  private ItemGetJson() {}

  /**
   * @param fields names with commas between; {@code null} for all
   */
  static byte[] item(Product product, String fields) {
    String wanted = "," + (fields == null ? ALL : fields.replace(" ", "")) + ",";
    Utf8Json json = Utf8Json.start().object().object("item").field("item_id", product.id);
    if (wanted.contains(",title,")) {
      json.field("title", product.subject());
    }
    if (wanted.contains(",price,")) {
      price(json, product);
    }
    if (wanted.contains(",category_id,")) {
      json.field("category_id", product.category.id());
    }
    if (wanted.contains(",seller_nick,")) {
      json.field("seller_nick", product.loginId());
    }
    if (wanted.contains(",sku_info,") && product.skus() > 1) {
      skus(json, product);
    }
    return json.endObject().endObject().toBytes();
  }

  // The type differs from item to item, as on the platform (protocol section 7.6)
  private static void price(Utf8Json json, Product product) {
    if (product.noise().percent(70)) {
      json.yuanText("price", product.baseFen);
    } else {
      json.yuan("price", product.baseFen);
    }
  }

  private static void skus(Utf8Json json, Product product) {
    json.array("sku_info");
    for (int sku = 0; sku < product.skus(); sku++) {
      String properties =
          product.category.first().name().chinese() + ":" + product.firstValue(sku).chinese();
      if (product.hasSecond()) {
        properties +=
            ";"
                + product.category.second().name().chinese()
                + ":"
                + product.secondValue(sku).chinese();
      }
      json.object()
          .field("sku_id", product.skuId(sku))
          .field("properties", properties)
          .yuanText("price", product.skuFen(sku))
          .field("quantity", product.skuStock(sku))
          .endObject();
    }
    json.endArray();
  }
}
