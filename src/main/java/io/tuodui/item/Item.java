package io.tuodui.item;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * A 1688 offer, normalised from any of the platform's shapes. Whatever the platform left out is
 * {@code null}; lists are never {@code null}.
 *
 * @param itemId the offer id
 * @param title in the platform's language
 * @param categoryId the leaf category
 * @param categoryName the leaf category's name
 * @param status {@code published}, or another of the platform's words, such as {@code member
 *     expired}
 * @param priceMin the lowest price at which one can buy, in yuan
 * @param priceMax the highest, in yuan
 * @param minOrderQuantity in units of {@code unit}
 * @param stock units on sale
 * @param unit such as 件
 * @param currency ISO 4217; {@code CNY} unless the platform says otherwise
 * @param seller who offers it
 * @param createdAt when it was first listed
 * @param updatedAt when the seller last changed it
 */
public record Item(
    long itemId,
    String title,
    Long categoryId,
    String categoryName,
    String status,
    BigDecimal priceMin,
    BigDecimal priceMax,
    Integer minOrderQuantity,
    Long stock,
    String unit,
    String currency,
    Seller seller,
    Instant createdAt,
    Instant updatedAt,
    List<String> images,
    List<Sku> skus,
    List<PriceTier> priceTiers,
    List<Attribute> attributes) {

  /** The status of an item that can be bought. */
  public static final String PUBLISHED = "published";

  public Item {
    images = List.copyOf(images);
    skus = List.copyOf(skus);
    priceTiers = List.copyOf(priceTiers);
    attributes = List.copyOf(attributes);
  }
}
