package io.tuodui.store;

import io.tuodui.collect.Outcome;
import io.tuodui.gateway.ReplyClass;
import io.tuodui.item.ContentHash;
import io.tuodui.item.Item;
import io.tuodui.item.Seller;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One batch as rows for MySQL. Rows stand in the order of their keys, so that two batches that
 * share items lock them in the same order and cannot wait for each other in a circle.
 */
public final class ItemRows {
  private record Content(Item item, String hash) {}

  private final Map<Long, Map<String, Object>> items = new TreeMap<>();
  private final Map<Long, Content> contents = new HashMap<>();
  private final Map<String, Map<String, Object>> sellers = new TreeMap<>();
  private final Map<Long, Map<String, Object>> gone = new TreeMap<>();
  private ItemParts parts = new ItemParts();

  ItemRows(List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      if (outcome.item() != null) {
        add(outcome);
      } else if (outcome.replyClass() == ReplyClass.GONE) {
        gone.put(outcome.task().itemId(), goneRow(outcome));
      }
    }
  }

  private void add(Outcome outcome) {
    Item item = outcome.item();
    String hash = ContentHash.of(item);
    contents.put(item.itemId(), new Content(item, hash));
    items.put(item.itemId(), itemRow(item, hash, outcome));
    if (item.seller() != null && item.seller().sellerId() != null) {
      sellers.put(
          item.seller().sellerId(), sellerRow(item.seller(), Columns.time(outcome.fetchedAt())));
    }
  }

  private static Map<String, Object> itemRow(Item item, String hash, Outcome outcome) {
    Map<String, Object> row = new HashMap<>(32);
    row.put("itemId", item.itemId());
    row.put("title", Columns.text(item.title(), 500));
    row.put("categoryId", item.categoryId());
    row.put("categoryName", Columns.text(item.categoryName(), 200));
    row.put("sellerId", item.seller() == null ? null : Columns.text(item.seller().sellerId(), 100));
    row.put("status", Columns.text(item.status() == null ? "" : item.status(), 40));
    row.put("priceMin", item.priceMin());
    row.put("priceMax", item.priceMax());
    row.put("minOrderQuantity", item.minOrderQuantity());
    row.put("stock", item.stock());
    row.put("unit", Columns.text(item.unit(), 40));
    row.put("currency", item.currency());
    row.put("imageCount", item.images().size());
    row.put("skuCount", item.skus().size());
    row.put("listedAt", Columns.time(item.createdAt()));
    row.put("modifiedAt", Columns.time(item.updatedAt()));
    row.put("contentHash", hash);
    row.put("rawHash", outcome.bodyHash());
    row.put("fetchedAt", Columns.time(outcome.fetchedAt()));
    return row;
  }

  private static Map<String, Object> sellerRow(Seller seller, String fetchedAt) {
    Map<String, Object> row = new HashMap<>();
    row.put("sellerId", Columns.text(seller.sellerId(), 100));
    row.put("loginId", Columns.text(seller.loginId(), 200));
    row.put("companyName", Columns.text(seller.companyName(), 300));
    row.put("fetchedAt", fetchedAt);
    return row;
  }

  private static Map<String, Object> goneRow(Outcome outcome) {
    Map<String, Object> row = new HashMap<>();
    row.put("itemId", outcome.task().itemId());
    row.put("rawHash", outcome.bodyHash());
    row.put("fetchedAt", Columns.time(outcome.fetchedAt()));
    return row;
  }

  /**
   * Keeps the parts of those items whose stored parts are of another content, and of which this
   * batch holds the newest content: another node may have stored a newer one meanwhile.
   *
   * @param rows of item_id, content_hash and parts_hash, as they are in MySQL now
   */
  void keepPartsOf(List<Map<String, Object>> rows) {
    Map<Long, Boolean> storedBefore = new LinkedHashMap<>();
    for (Map<String, Object> row : rows) {
      long itemId = ((Number) row.get("item_id")).longValue();
      Content content = contents.get(itemId);
      if (content != null && content.hash().equals(row.get("content_hash"))) {
        storedBefore.put(itemId, row.get("parts_hash") != null);
      }
    }
    parts = new ItemParts();
    new TreeMap<>(storedBefore)
        .forEach((itemId, stored) -> parts.add(contents.get(itemId).item(), stored));
  }

  /** Whether there is nothing to write. */
  public boolean isEmpty() {
    return items.isEmpty() && gone.isEmpty();
  }

  public Collection<Map<String, Object>> getItems() {
    return items.values();
  }

  public Collection<Map<String, Object>> getSellers() {
    return sellers.values();
  }

  /** Items that the platform says are not there, without any data of them. */
  public Collection<Map<String, Object>> getGone() {
    return gone.values();
  }

  public Collection<Long> getItemIds() {
    return items.keySet();
  }

  public ItemParts getParts() {
    return parts;
  }
}
