package io.tuodui.store;

import io.tuodui.item.Attribute;
import io.tuodui.item.Item;
import io.tuodui.item.PriceTier;
import io.tuodui.item.Sku;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rows below an item: variants, price tiers, images and attributes, each as a list of values in
 * the order in which its statement in {@code sql/} names them.
 */
public final class ItemParts {
  private final List<Long> itemIdsStoredBefore = new ArrayList<>();
  private final List<List<Object>> skus = new ArrayList<>();
  private final List<List<Object>> priceTiers = new ArrayList<>();
  private final List<List<Object>> images = new ArrayList<>();
  private final List<List<Object>> attributes = new ArrayList<>();

  void add(Item item, boolean storedBefore) {
    long itemId = item.itemId();
    if (storedBefore) {
      itemIdsStoredBefore.add(itemId);
    }
    int position = 0;
    for (Sku sku : item.skus()) {
      skus.add(skuRow(itemId, position++, sku));
    }
    for (PriceTier tier : item.priceTiers()) {
      priceTiers.add(
          Columns.row(itemId, tier.startQuantity(), tier.price(), tier.promotionPrice()));
    }
    position = 0;
    for (String url : item.images()) {
      images.add(Columns.row(itemId, position++, Columns.text(url, 500)));
    }
    position = 0;
    for (Attribute attribute : item.attributes()) {
      attributes.add(
          Columns.row(
              itemId,
              position++,
              attribute.attributeId(),
              Columns.text(attribute.name(), 200),
              Columns.text(attribute.value(), 1000)));
    }
  }

  private static List<Object> skuRow(long itemId, int position, Sku sku) {
    return Columns.row(
        itemId,
        position,
        sku.skuId(),
        Columns.text(sku.specId(), 64),
        Columns.text(sku.code(), 200),
        sku.price(),
        sku.stock(),
        Columns.text(inWords(sku.attributes()), 2000),
        Columns.text(sku.imageUrl(), 500));
  }

  private static String inWords(List<Attribute> attributes) {
    return attributes.stream()
        .map(attribute -> attribute.name() + "=" + attribute.value())
        .collect(Collectors.joining("; "));
  }

  /** Whether any of the items may have rows of an earlier content, which go first. */
  public boolean isAnyStoredBefore() {
    return !itemIdsStoredBefore.isEmpty();
  }

  /** Those that may, as a JSON array. */
  public String getItemIdsStoredBefore() {
    return itemIdsStoredBefore.toString();
  }

  public List<List<Object>> getSkus() {
    return skus;
  }

  public List<List<Object>> getPriceTiers() {
    return priceTiers;
  }

  public List<List<Object>> getImages() {
    return images;
  }

  public List<List<Object>> getAttributes() {
    return attributes;
  }
}
