package io.tuodui.item;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/**
 * A fingerprint of an item's content, by which an item that has not changed is recognised without
 * comparing it field by field.
 */
public final class ContentHash {

  private static final int TYPICAL_LENGTH = 4096;

  private final StringBuilder written = new StringBuilder(TYPICAL_LENGTH);

  private ContentHash() {}

  /**
   * SHA-256 over every field of the item, as 64 lower-case hex digits. Two items have the same hash
   * when all their fields are equal; prices count as equal by value ({@code 15.9} and {@code
   * 15.90}), because the platform changes the writing at will. The hash is stored: whoever changes
   * what goes into it makes every stored item look changed once.
   */
  public static String of(Item item) {
    ContentHash hash = new ContentHash();
    hash.item(item);
    return hash.hex();
  }

  private void item(Item item) {
    field(item.itemId());
    field(item.title());
    field(item.categoryId());
    field(item.categoryName());
    field(item.status());
    money(item.priceMin());
    money(item.priceMax());
    field(item.minOrderQuantity());
    field(item.stock());
    field(item.unit());
    field(item.currency());
    Seller seller = item.seller() == null ? new Seller(null, null, null) : item.seller();
    field(seller.sellerId());
    field(seller.loginId());
    field(seller.companyName());
    field(item.createdAt());
    field(item.updatedAt());
    list(item.images(), this::field);
    list(item.skus(), this::sku);
    list(item.priceTiers(), this::tier);
    list(item.attributes(), this::attribute);
  }

  private void sku(Sku sku) {
    field(sku.skuId());
    field(sku.specId());
    field(sku.code());
    money(sku.price());
    field(sku.stock());
    field(sku.imageUrl());
    list(sku.attributes(), this::attribute);
  }

  private void tier(PriceTier tier) {
    field(tier.startQuantity());
    money(tier.price());
    money(tier.promotionPrice());
  }

  private void attribute(Attribute attribute) {
    field(attribute.attributeId());
    field(attribute.name());
    field(attribute.value());
  }

  private void money(BigDecimal price) {
    field(price == null ? null : price.stripTrailingZeros().toPlainString());
  }

  private <T> void list(List<T> list, Consumer<T> element) {
    field(list.size());
    list.forEach(element);
  }

  /** With its length in front, so that no two sequences of fields are written alike. */
  private void field(Object value) {
    if (value == null) {
      written.append('~');
    } else {
      String text = value.toString();
      written.append(text.length()).append(':').append(text);
    }
  }

  private String hex() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(written.toString().getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("This Java has no SHA-256", missing);
    }
  }
}
