package io.tuodui.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.tuodui.item.PriceTier;
import io.tuodui.item.Sku;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The lowest and the highest price of an item, in yuan, and its tiers.
 *
 * @param min {@code null} when the item shows no price
 * @param max {@code null} when the item shows no price
 */
record Prices(BigDecimal min, BigDecimal max) {

  private static final Prices NONE = new Prices(null, null);
  private static final Pattern BETWEEN = Pattern.compile("\\s*[~～—–-]\\s*");

  /**
   * The span of all prices at which one can buy: those of the variants and of the tiers. Only when
   * there are none: the item's own price, then the reference price, which is a display text such as
   * {@code 13.5~15.9}.
   */
  static Prices of(JsonNode item, JsonNode sale, List<Sku> skus, List<PriceTier> tiers) {
    List<BigDecimal> prices = new ArrayList<>(skus.size() + tiers.size());
    skus.forEach(sku -> prices.add(sku.price()));
    tiers.forEach(tier -> prices.add(tier.price()));
    Prices span = span(prices);
    if (span == NONE) {
      span = span(range(Fields.first(item, "price")));
    }
    if (span == NONE) {
      span = span(range(Fields.first(sale, "consignPrice")));
    }
    return span == NONE ? span(range(Fields.first(item, "referencePrice"))) : span;
  }

  /**
   * The tiers by rising quantity. Of two with the same quantity the first stays; one without a
   * quantity or without any price is left out, as it says nothing.
   */
  static List<PriceTier> tiers(JsonNode list) {
    TreeMap<Integer, PriceTier> tiers = new TreeMap<>();
    for (JsonNode tier : list) {
      Integer start = Fields.quantity(Fields.first(tier, "startQuantity"));
      BigDecimal price = Fields.money(Fields.first(tier, "price"));
      BigDecimal promotion = Fields.money(Fields.first(tier, "promotionPrice"));
      if (start != null && (price != null || promotion != null)) {
        tiers.putIfAbsent(start, new PriceTier(start, price, promotion));
      }
    }
    return List.copyOf(tiers.values());
  }

  private static Prices span(List<BigDecimal> prices) {
    BigDecimal min = null;
    BigDecimal max = null;
    for (BigDecimal price : prices) {
      if (price != null) {
        min = min == null || price.compareTo(min) < 0 ? price : min;
        max = max == null || price.compareTo(max) > 0 ? price : max;
      }
    }
    return min == null ? NONE : new Prices(min, max);
  }

  private static List<BigDecimal> range(JsonNode field) {
    List<BigDecimal> ends = new ArrayList<>(2);
    if (field.isTextual()) {
      String text = field.textValue().strip();
      // A minus sign in front is a broken price, not the end of a range
      if (!text.startsWith("-")) {
        for (String end : BETWEEN.split(text, 2)) {
          ends.add(Fields.money(end));
        }
      }
    } else {
      ends.add(Fields.money(field));
    }
    return ends;
  }
}
