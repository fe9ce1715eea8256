package io.tuodui.store;

import io.tuodui.item.Attribute;
import io.tuodui.item.Item;
import io.tuodui.item.PriceTier;
import io.tuodui.item.Sku;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The rows below an item: variants, price tiers, images and attributes. */
public final class ItemParts {
  private final List<Long> itemIds = new ArrayList<>();
  private final List<Long> itemIdsStoredBefore = new ArrayList<>();
  private final List<Map<String, Object>> skus = new ArrayList<>();
  private final List<Map<String, Object>> priceTiers = new ArrayList<>();
  private final List<Map<String, Object>> images = new ArrayList<>();
  private final List<Map<String, Object>> attributes = new ArrayList<>();

  void add(Item item, boolean storedBefore) {
    itemIds.add(item.itemId());
    if (storedBefore) {
      itemIdsStoredBefore.add(item.itemId());
    }
    int position = 0;
    for (Sku sku : item.skus()) {
      skus.add(skuRow(item.itemId(), position++, sku));
    }
    for (PriceTier tier : item.priceTiers()) {
      Map<String, Object> row = new HashMap<>();
      row.put("itemId", item.itemId());
      row.put("startQuantity", tier.startQuantity());
      row.put("price", tier.price());
      row.put("promotionPrice", tier.promotionPrice());
      priceTiers.add(row);
    }
    position = 0;
    for (String url : item.images()) {
      Map<String, Object> row = new HashMap<>();
      row.put("itemId", item.itemId());
      row.put("position", position++);
      row.put("url", Columns.text(url, 500));
      images.add(row);
    }
    position = 0;
    for (Attribute attribute : item.attributes()) {
      Map<String, Object> row = new HashMap<>();
      row.put("itemId", item.itemId());
      row.put("position", position++);
      row.put("attributeId", attribute.attributeId());
      row.put("name", Columns.text(attribute.name(), 200));
      row.put("value", Columns.text(attribute.value(), 1000));
      attributes.add(row);
    }
  }

  private static Map<String, Object> skuRow(long itemId, int position, Sku sku) {
    Map<String, Object> row = new HashMap<>();
    row.put("itemId", itemId);
    row.put("position", position);
    row.put("skuId", sku.skuId());
    row.put("specId", Columns.text(sku.specId(), 64));
    row.put("code", Columns.text(sku.code(), 200));
    row.put("price", sku.price());
    row.put("stock", sku.stock());
    row.put("attributes", Columns.text(inWords(sku.attributes()), 2000));
    row.put("imageUrl", Columns.text(sku.imageUrl(), 500));
    return row;
  }

  private static String inWords(List<Attribute> attributes) {
    return attributes.stream()
        .map(attribute -> attribute.name() + "=" + attribute.value())
        .collect(Collectors.joining("; "));
  }

  public List<Long> getItemIds() {
    return itemIds;
  }

  /** Those that have rows of an earlier content, which go first. */
  public List<Long> getItemIdsStoredBefore() {
    return itemIdsStoredBefore;
  }

  public List<Map<String, Object>> getSkus() {
    return skus;
  }

  public List<Map<String, Object>> getPriceTiers() {
    return priceTiers;
  }

  public List<Map<String, Object>> getImages() {
    return images;
  }

  public List<Map<String, Object>> getAttributes() {
    return attributes;
  }
}
