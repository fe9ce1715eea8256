package io.tuodui.item;

import java.math.BigDecimal;
import java.util.List;

/**
 * One variant of an item.
 *
 * @param skuId the platform's number
 * @param specId the platform's hash of the variant, needed to order it
 * @param code the seller's own number ({@code cargoNumber} or {@code skuCode})
 * @param price in yuan
 * @param stock units on sale
 * @param attributes what sets it apart, such as 颜色 = 红色
 * @param imageUrl absolute
 */
public record Sku(
    long skuId,
    String specId,
    String code,
    BigDecimal price,
    Long stock,
    List<Attribute> attributes,
    String imageUrl) {

  public Sku {
    attributes = List.copyOf(attributes);
  }
}
