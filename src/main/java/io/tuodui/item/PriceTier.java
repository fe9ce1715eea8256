package io.tuodui.item;

import java.math.BigDecimal;

/**
 * A price that holds from a quantity on.
 *
 * @param startQuantity the smallest order at this price
 * @param price in yuan
 * @param promotionPrice in yuan, while a promotion runs
 */
public record PriceTier(int startQuantity, BigDecimal price, BigDecimal promotionPrice) {}
