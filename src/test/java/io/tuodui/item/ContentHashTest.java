package io.tuodui.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContentHashTest {

  private static final Item ITEM =
      item("T恤", "15.9", 7L, "A", "1", List.of("https://a/1.jpg"), Instant.EPOCH);

  @Test
  void isStable() {
    assertThat(ContentHash.of(ITEM))
        .matches("[0-9a-f]{64}")
        .isEqualTo(
            ContentHash.of(
                item("T恤", "15.9", 7L, "A", "1", List.of("https://a/1.jpg"), Instant.EPOCH)))
        .isEqualTo("5f088ffc5c0a9ffefba65767f937e8669c3e0753acfc8f8168c1845b64eb2be1");
  }

  @Test
  void aPriceWrittenOtherwiseIsTheSame() {
    assertThat(ContentHash.of(item("T恤", "15.900", 7L, "A", "1", ITEM.images(), Instant.EPOCH)))
        .isEqualTo(ContentHash.of(ITEM));
  }

  @Test
  void everyChangeShows() {
    List<String> images = ITEM.images();
    Set<String> hashes = new HashSet<>();
    List<Item> items =
        List.of(
            ITEM,
            item("T 恤", "15.9", 7L, "A", "1", images, Instant.EPOCH),
            item(null, "15.9", 7L, "A", "1", images, Instant.EPOCH),
            item("T恤", "15.8", 7L, "A", "1", images, Instant.EPOCH),
            item("T恤", "15.9", 8L, "A", "1", images, Instant.EPOCH),
            item("T恤", "15.9", null, "A", "1", images, Instant.EPOCH),
            item("T恤", "15.9", 7L, "A1", "", images, Instant.EPOCH),
            item("T恤", "15.9", 7L, "", "A1", images, Instant.EPOCH),
            item("T恤", "15.9", 7L, "~", "1", images, Instant.EPOCH),
            item("T恤", "15.9", 7L, null, "1", images, Instant.EPOCH),
            item("T恤", "15.9", 7L, "A", "1", List.of(), Instant.EPOCH),
            item("T恤", "15.9", 7L, "A", "1", List.of("b", "a"), Instant.EPOCH),
            item("T恤", "15.9", 7L, "A", "1", List.of("a", "b"), Instant.EPOCH),
            item("T恤", "15.9", 7L, "A", "1", images, Instant.EPOCH.plusMillis(1)));

    items.forEach(item -> hashes.add(ContentHash.of(item)));

    assertThat(hashes).hasSameSizeAs(items);
  }

  private static Item item(
      String title,
      String price,
      Long stock,
      String attributeName,
      String attributeValue,
      List<String> images,
      Instant updatedAt) {
    BigDecimal yuan = new BigDecimal(price);
    List<Attribute> attributes = List.of(new Attribute(1L, attributeName, attributeValue));
    return new Item(
        573741401425L,
        title,
        1L,
        null,
        "published",
        yuan,
        yuan,
        1,
        stock,
        "件",
        "CNY",
        new Seller("seller", null, null),
        Instant.EPOCH,
        updatedAt,
        images,
        List.of(new Sku(1L, "spec", null, yuan, stock, attributes, null)),
        List.of(new PriceTier(2, yuan, null)),
        attributes);
  }
}
