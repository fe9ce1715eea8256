package io.tuodui.simulator;

/**
 * A product as {@code product.search.queryProductDetail} gives it (protocol section 3.1, envelope
 * A): strings and numbers mixed as there, and the same fields sometimes null.
 */
final class CrossBorderJson {
  static final String IMAGE_HOST = "https://cbu01.alicdn.com/";
  private static final Word[] MATERIALS =
      Word.list("棉=Cotton, 涤纶=Polyester, 304不锈钢=Stainless steel, ABS=ABS, 木质=Wood");

  private CrossBorderJson() {}

  /** The envelope of a business error, which comes with HTTP 200. */
  static byte[] failure(String message) {
    return Utf8Json.start()
        .object()
        .object("result")
        .field("success", false)
        .field("code", "400")
        .field("message", message)
        .nothing("result")
        .endObject()
        .endObject()
        .toBytes();
  }

  static byte[] detail(Product product) {
    Dice noise = product.noise();
    Utf8Json json = Utf8Json.start().object().object("result");
    json.field("success", true).field("code", "200").field("message", "成功").object("result");
    head(json, product, noise);
    attributes(json, product, noise);
    CrossBorderSkus.write(json, product, noise);
    sale(json, product, noise);
    shipping(json, product, noise);
    tail(json, product, noise);
    return json.endObject().endObject().endObject().toBytes();
  }

  private static void head(Utf8Json json, Product product, Dice noise) {
    json.field("offerId", product.id)
        .field("categoryId", product.category.id())
        .field("categoryName", noise.percent(70) ? null : product.category.name())
        .field("subject", product.subject())
        .field("subjectTrans", product.subjectTrans())
        .field("description", description(product));
    String video =
        "https://cloud.video.taobao.com/play/u/" + product.sellerId + "/p/1/e/6/t/1/1.mp4";
    json.field("mainVideo", noise.percent(40) ? video : null).nothing("detailVideo");
    json.object("productImage").array("images");
    for (int image = 0; image < product.images; image++) {
      json.element(IMAGE_HOST + product.image(image));
    }
    json.endArray().nothing("whiteImage").endObject();
  }

  static String description(Product product) {
    StringBuilder html =
        new StringBuilder("<div id=\"offer-template-0\"></div><p style=\"text-align:center\">")
            .append(product.subject())
            .append("</p>\n<p>产地：")
            .append(product.town)
            .append("　支持一件代发，48小时内发货&nbsp;</p>");
    for (int image = 0; image < product.images; image++) {
      html.append("<img src=\"")
          .append(IMAGE_HOST)
          .append(product.image(100 + image))
          .append("\" alt=\"undefined\" width=\"790\"/><br/>");
    }
    return html.toString();
  }

  private static void attributes(Utf8Json json, Product product, Dice noise) {
    json.array("productAttribute");
    attribute(json, 2176, "品牌", product.firm, "Brand", "Own");
    Word material = noise.pick(MATERIALS);
    attribute(json, 287, "材质", material.chinese(), "Material", material.english());
    attribute(json, 973, "风格", product.style.chinese(), "Style", product.style.english());
    Category.Option first = product.category.first();
    for (int value = 0; value < product.firstValues; value++) {
      Word word = first.values()[value];
      Word name = first.name();
      attribute(json, first.id(), name.chinese(), word.chinese(), name.english(), word.english());
    }
    json.endArray();
  }

  private static void attribute(
      Utf8Json json, long id, String name, String value, String nameTrans, String valueTrans) {
    json.object()
        .numberText("attributeId", id)
        .field("attributeName", name)
        .field("value", value)
        .field("attributeNameTrans", nameTrans)
        .field("valueTrans", valueTrans)
        .endObject();
  }

  private static void sale(Utf8Json json, Product product, Dice noise) {
    json.object("productSaleInfo")
        .nothing("priceRanges")
        .field("amountOnSale", product.stock())
        .field("quoteType", noise.below(3))
        .nothing("consignPrice")
        .nothing("jxhyPrice")
        .object("unitInfo")
        .field("unit", product.category.unit().chinese())
        .field("transUnit", product.category.unit().english())
        .endObject()
        .array("priceRangeList");
    for (int tier = 0; tier < product.tiers; tier++) {
      int fen = product.tierFen(tier);
      json.object().field("startQuantity", product.tierStart(tier)).yuanText("price", fen);
      if (product.promotionPercent > 0) {
        json.yuanText("promotionPrice", product.promotionFen(fen));
      } else {
        json.nothing("promotionPrice");
      }
      json.endObject();
    }
    json.endArray().endObject();
  }

  private static void shipping(Utf8Json json, Product product, Dice noise) {
    json.object("productShippingInfo").field("sendGoodsAddressText", product.town);
    if (noise.percent(30)) {
      json.yuan("weight", noise.between(5, 300));
    } else {
      json.nothing("weight");
    }
    json.nothing("width")
        .nothing("height")
        .nothing("length")
        .field("shippingTimeGuarantee", noise.percent(60) ? "shipIn48Hours" : null)
        .array("skuShippingInfoList")
        .endArray()
        .array("skuShippingDetails");
    int width = noise.between(10, 60);
    for (int sku = 0; sku < product.skus(); sku++) {
      json.object()
          .numberText("skuId", product.skuId(sku))
          .field("width", width)
          .field("length", width + 11)
          .field("height", 1 + sku % product.secondValues)
          .yuan("weight", 20 + sku % product.secondValues)
          .field("pkgSizeSource", "商家自填")
          .endObject();
    }
    json.endArray().nothing("pkgSizeSource").endObject();
  }

  private static void tail(Utf8Json json, Product product, Dice noise) {
    json.field("isJxhy", false)
        .field("sellerOpenId", "BBB" + Long.toString(Dice.mix(product.sellerId) >>> 1, 36))
        .field("minOrderQuantity", product.tierStart(0))
        .nothing("batchNumber")
        .field("status", product.status())
        .array("tagInfoList")
        .object()
        .field("key", "isOnePsale")
        .field("value", noise.percent(50))
        .endObject()
        .endArray()
        .field("traceInfo", "object_id@" + product.id + "^object_type@offer")
        .object("sellerMixSetting")
        .field("mixAmount", 2)
        .field("mixNumber", 2)
        .field("generalHunpi", true)
        .endObject()
        .field("productCargoNumber", noise.percent(60) ? "K" + product.id % 9973 : null);
    CrossBorderSeller.write(json, product, noise);
    json.numberText("soldOut", product.sold)
        .nothing("channelPrice")
        .object("promotionModel")
        .field("hasPromotion", product.promotionPercent > 0)
        .field("promotionType", product.promotionPercent > 0 ? "plus" : null)
        .endObject()
        .field("tradeScore", noise.percent(80) ? "4." + noise.below(10) : null)
        .field("topCategoryId", product.category.top())
        .field("secondCategoryId", product.category.id());
    if (product.category.third() == null) {
      json.nothing("thirdCategoryId");
    } else {
      json.field("thirdCategoryId", product.category.third());
    }
    String day = product.created.toString();
    json.nothing("sellingPoint")
        .array("offerIdentities")
        .element("tp_member")
        .endArray()
        .field("createDate", noise.percent(50) ? day : day + " 12:00:00");
  }
}
