package io.tuodui.store;

import io.tuodui.collect.Outcome;
import io.tuodui.gateway.ReplyClass;
import io.tuodui.item.ContentHash;
import io.tuodui.item.Item;
import io.tuodui.item.Seller;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One batch as rows for MySQL, each a list of values in the order in which its statement in {@code
 * sql/} names them. Rows stand in the order of their keys, so that two batches that share items
 * lock them in the same order and cannot wait for each other in a circle.
 */
public final class ItemRows {
  private record Content(Item item, String hash, String fetchedAt) {}

  private final Map<Long, List<Object>> items = new TreeMap<>();
  private final Map<Long, Content> contents = new TreeMap<>();
  private final Map<String, List<Object>> sellers = new TreeMap<>();
  private final Map<Long, List<Object>> gone = new TreeMap<>();
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
    contents.put(item.itemId(), new Content(item, hash, Columns.time(outcome.fetchedAt())));
    items.put(item.itemId(), itemRow(item, hash, outcome));
    if (item.seller() != null && item.seller().sellerId() != null) {
      sellers.put(
          item.seller().sellerId(), sellerRow(item.seller(), Columns.time(outcome.fetchedAt())));
    }
  }

  /** The longest comes last: MySQL walks each row from its beginning for each of its columns. */
  private static List<Object> itemRow(Item item, String hash, Outcome outcome) {
    return Columns.row(
        item.itemId(),
        item.categoryId(),
        Columns.text(item.categoryName(), 200),
        item.seller() == null ? null : Columns.text(item.seller().sellerId(), 100),
        Columns.text(item.status() == null ? "" : item.status(), 40),
        item.priceMin(),
        item.priceMax(),
        item.minOrderQuantity(),
        item.stock(),
        Columns.text(item.unit(), 40),
        item.currency(),
        item.images().size(),
        item.skus().size(),
        Columns.time(item.createdAt()),
        Columns.time(item.updatedAt()),
        hash,
        outcome.bodyHash(),
        Columns.time(outcome.fetchedAt()),
        Columns.text(item.title(), 500));
  }

  private static List<Object> sellerRow(Seller seller, String fetchedAt) {
    return Columns.row(
        Columns.text(seller.sellerId(), 100),
        Columns.text(seller.loginId(), 200),
        Columns.text(seller.companyName(), 300),
        fetchedAt);
  }

  private static List<Object> goneRow(Outcome outcome) {
    return Columns.row(
        outcome.task().itemId(), outcome.bodyHash(), Columns.time(outcome.fetchedAt()));
  }

  /**
   * Keeps the parts of those items whose stored parts are of another content, and of which no newer
   * content is stored.
   *
   * @param stored rows of item_id, parts_hash and fetched_at, as they are in MySQL now; items that
   *     are new have none
   * @param deleteAll whether new items, too, may have parts: another node has just stored them, or
   *     their row was lost
   */
  void keepPartsOf(List<Map<String, Object>> stored, boolean deleteAll) {
    Map<Long, Map<String, Object>> rows = new HashMap<>();
    stored.forEach(row -> rows.put(((Number) row.get("item_id")).longValue(), row));
    parts = new ItemParts();
    contents.forEach(
        (itemId, content) -> {
          Map<String, Object> row = rows.get(itemId);
          if (row == null || isOlder(row, content)) {
            parts.add(content.item(), deleteAll || row != null);
          }
        });
  }

  private static boolean isOlder(Map<String, Object> row, Content content) {
    return content.fetchedAt().compareTo((String) row.get("fetched_at")) >= 0
        && !content.hash().equals(row.get("parts_hash"));
  }

  /** Whether there is nothing to write. */
  public boolean isEmpty() {
    return items.isEmpty() && gone.isEmpty();
  }

  public Collection<List<Object>> getItems() {
    return items.values();
  }

  public Collection<List<Object>> getSellers() {
    return sellers.values();
  }

  /** Items that the platform says are not there, without any data of them. */
  public Collection<List<Object>> getGone() {
    return gone.values();
  }

  /** As a JSON array. */
  public String getItemIds() {
    return items.keySet().toString();
  }

  public ItemParts getParts() {
    return parts;
  }
}
