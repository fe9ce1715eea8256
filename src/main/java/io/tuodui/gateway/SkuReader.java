package io.tuodui.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.tuodui.item.Attribute;
import io.tuodui.item.Sku;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the variants and the attributes of an item. */
final class SkuReader {

  private SkuReader() {}

  /**
   * The variants in the order of the reply. One without a readable id cannot be told from the
   * others and is left out; of two with the same id the first stays.
   */
  static List<Sku> skus(JsonNode list) {
    List<Sku> skus = new ArrayList<>(list.size());
    Set<Long> seen = new HashSet<>();
    for (JsonNode node : list) {
      Long skuId = Fields.id(Fields.first(node, "skuId", "skuID", "sku_id"));
      if (skuId != null && seen.add(skuId)) {
        skus.add(sku(skuId, node));
      }
    }
    return skus;
  }

  /** Attributes in the order of the reply, repeated names and all. */
  static List<Attribute> attributes(JsonNode list) {
    List<Attribute> attributes = new ArrayList<>(list.size());
    for (JsonNode node : list) {
      Long id = Fields.id(Fields.first(node, "attributeId", "attributeID"));
      String name = Fields.firstText(node, "attributeName", "attributeDisplayName", "name");
      String value = Fields.firstText(node, "attributeValue", "value", "customValueName");
      if (name != null || value != null) {
        attributes.add(new Attribute(id, name, value));
      }
    }
    return attributes;
  }

  private static Sku sku(long skuId, JsonNode node) {
    JsonNode attributes = Fields.first(node, "skuAttributes", "attributes");
    return new Sku(
        skuId,
        Fields.firstText(node, "specId", "spec_id"),
        Fields.firstText(node, "cargoNumber", "skuCode", "outer_id"),
        price(node),
        Fields.stock(Fields.first(node, "amountOnSale", "quantity", "stock")),
        attributes(attributes),
        image(attributes));
  }

  /** {@code price} is often null where the variant is sold at its consignment price. */
  private static BigDecimal price(JsonNode node) {
    BigDecimal price = Fields.money(Fields.first(node, "price"));
    return price == null ? Fields.money(Fields.first(node, "consignPrice")) : price;
  }

  /** The picture hangs on the attribute that shows, mostly the colour. */
  private static String image(JsonNode attributes) {
    for (JsonNode attribute : attributes) {
      String url = ImageUrls.of(Fields.first(attribute, "skuImageUrl"));
      if (url != null) {
        return url;
      }
    }
    return null;
  }
}
