package io.tuodui.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Reads single fields of a reply. The platform sends the same field as a number, a string or null
 * (protocol section 3.1), so each is read as what it should be; what is missing, broken or absurd
 * is {@code null}, and costs the item only this field.
 */
final class Fields {

  /** Digits before the decimal point that a price may have: up to 999,999,999 yuan. */
  private static final int MONEY_DIGITS = 9;

  private static final int MONEY_DECIMALS = 4;
  private static final int LONGEST_NUMBER = 40;

  private Fields() {}

  /** The first of these fields that is there and not null, otherwise a missing node. */
  static JsonNode first(JsonNode node, String... names) {
    for (String name : names) {
      JsonNode field = node.get(name);
      if (field != null && !field.isNull()) {
        return field;
      }
    }
    return MissingNode.getInstance();
  }

  /** Text without NULs, broken surrogates and outer white space; {@code null} when none is left. */
  static String text(JsonNode field) {
    if (field.isTextual()) {
      return clean(field.textValue());
    }
    return field.isNumber() ? field.asText() : null;
  }

  /** The first of these fields that holds a {@link #text(JsonNode)}, otherwise {@code null}. */
  static String firstText(JsonNode node, String... names) {
    for (String name : names) {
      JsonNode field = node.get(name);
      String text = field == null ? null : text(field);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /** An id of the platform: 1 or more. */
  static Long id(JsonNode field) {
    return whole(field, 1, Long.MAX_VALUE);
  }

  /** Units on sale: none to a trillion. */
  static Long stock(JsonNode field) {
    return whole(field, 0, 1_000_000_000_000L);
  }

  /** The quantity of an order: 0 to a thousand million. */
  static Integer quantity(JsonNode field) {
    Long quantity = whole(field, 0, 1_000_000_000L);
    return quantity == null ? null : quantity.intValue();
  }

  /**
   * A price in yuan, with the decimals that were sent but no more than 4. Zero is no price: the
   * platform sends it for "to be negotiated" and for unused fields, and it must not become an
   * item's lowest price.
   */
  static BigDecimal money(JsonNode field) {
    return money(decimal(field));
  }

  /** {@link #money(JsonNode)} for a price that stands in a text. */
  static BigDecimal money(String text) {
    return money(decimal(text));
  }

  private static BigDecimal money(BigDecimal price) {
    if (price == null || price.signum() <= 0) {
      return null;
    }
    // Measured by digits first: setScale on 1E-999999999 would not come back
    long digits = (long) price.precision() - price.scale();
    if (digits > MONEY_DIGITS || digits < -MONEY_DECIMALS) {
      return null;
    }
    BigDecimal rounded =
        price.setScale(Math.max(0, Math.min(price.scale(), MONEY_DECIMALS)), RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? null : rounded;
  }

  private static Long whole(JsonNode field, long least, long most) {
    long value;
    if (field.isIntegralNumber()) {
      if (!field.canConvertToLong()) {
        return null;
      }
      value = field.longValue();
    } else {
      BigDecimal decimal = decimal(field);
      if (decimal == null) {
        return null;
      }
      try {
        value = decimal.longValueExact();
      } catch (ArithmeticException notWhole) {
        return null;
      }
    }
    return value < least || value > most ? null : value;
  }

  private static BigDecimal decimal(JsonNode field) {
    if (field.isNumber()) {
      return field.decimalValue();
    }
    return field.isTextual() ? decimal(field.textValue()) : null;
  }

  private static BigDecimal decimal(String text) {
    if (text.isEmpty() || text.length() > LONGEST_NUMBER) {
      return null;
    }
    try {
      return new BigDecimal(isPlain(text) ? text : undecorated(text));
    } catch (NumberFormatException noNumber) {
      return null;
    }
  }

  private static boolean isPlain(String text) {
    char last = text.charAt(text.length() - 1);
    return text.charAt(0) >= '0'
        && text.charAt(0) <= '9'
        && last >= '0'
        && last <= '9'
        && text.indexOf(',') < 0;
  }

  private static String undecorated(String text) {
    return text.replaceAll("[¥￥元,\\s]", "");
  }

  private static String clean(String text) {
    String cleaned = text;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isSurrogate(c)) {
        cleaned = storable(text);
        break;
      }
    }
    cleaned = cleaned.strip();
    return cleaned.isEmpty() ? null : cleaned;
  }

  /** NUL and half a surrogate pair are what the stores refuse or mangle; emoji stay. */
  private static String storable(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    text.codePoints()
        .filter(point -> point != 0)
        .map(point -> point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }
}
