package io.tuodui.item;

/**
 * A property of an item or of a variant.
 *
 * @param attributeId the platform's number, which it sends as a number or as a string
 * @param name such as 品牌
 * @param value such as 自有
 */
public record Attribute(Long attributeId, String name, String value) {}
