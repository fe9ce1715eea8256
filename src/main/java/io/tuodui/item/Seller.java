package io.tuodui.item;

/**
 * Who offers an item.
 *
 * @param sellerId the most stable id the reply gives: open id, else user id, else login id
 * @param loginId the name the seller signs in with, which the article calls {@code seller_nick}
 * @param companyName as registered
 */
public record Seller(String sellerId, String loginId, String companyName) {}
