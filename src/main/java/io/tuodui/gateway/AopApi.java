package io.tuodui.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A 1688 API that answers with the detail of one item (protocol section 3.1). All are version 1.
 *
 * @param namespace such as {@code com.alibaba.product}
 * @param name such as {@code alibaba.product.get}
 * @param country the language of translated fields, such as {@code en}; only {@code
 *     product.search.queryProductDetail} sends it
 */
public record AopApi(String namespace, String name, String country) {

  /** The API that any authorised app can use for any public item. */
  public static final String DEFAULT_ID =
      "com.alibaba.fenxiao.crossborder:product.search.queryProductDetail";

  /** The country that is sent when none is configured. */
  public static final String DEFAULT_COUNTRY = "en";

  private static final String PRODUCT = "com.alibaba.product:";

  /** How each API takes the item id and the country. */
  private static final Map<String, BiFunction<Long, String, Map<String, String>>> ARGUMENTS =
      new LinkedHashMap<>();

  static {
    ARGUMENTS.put(
        DEFAULT_ID,
        (id, country) ->
            Map.of("offerDetailParam", "{\"offerId\":" + id + ",\"country\":\"" + country + "\"}"));
    for (String name : List.of("product.get", "product.simple.get", "agent.product.get")) {
      ARGUMENTS.put(
          PRODUCT + "alibaba." + name,
          (id, country) -> Map.of("productID", id.toString(), "webSite", "1688"));
    }
    ARGUMENTS.put(
        PRODUCT + "alibaba.cross.productInfo", (id, country) -> Map.of("productId", id.toString()));
    ARGUMENTS.put(
        PRODUCT + "alibaba.cpsMedia.productInfo",
        (id, country) -> Map.of("offerId", id.toString()));
  }

  /** The country becomes part of a JSON parameter, so it may hold nothing that JSON would read. */
  private static final Pattern COUNTRY = Pattern.compile("[A-Za-z][A-Za-z_-]{1,9}");

  /**
   * @throws IllegalArgumentException when the API is none of the allowed, or the country is not a
   *     short code
   */
  public AopApi {
    if (!ARGUMENTS.containsKey(namespace + ":" + name)) {
      throw unknown(namespace + ":" + name);
    }
    if (!COUNTRY.matcher(country).matches()) {
      throw new IllegalArgumentException(
          "The country '" + country + "' is not a short code: write one such as en, ja or ru");
    }
  }

  /**
   * The API of this name.
   *
   * @param id {@code namespace:name}, or the name alone; {@code null} or blank means {@link
   *     #DEFAULT_ID}
   * @param country {@code null} or blank means {@link #DEFAULT_COUNTRY}
   * @throws IllegalArgumentException when there is no such API (the message lists all) or the
   *     country is not a short code
   */
  public static AopApi named(String id, String country) {
    String wanted = id == null || id.isBlank() ? DEFAULT_ID : id.strip();
    String full =
        ARGUMENTS.keySet().stream()
            .filter(known -> known.equals(wanted) || known.endsWith(":" + wanted))
            .findFirst()
            .orElseThrow(() -> unknown(wanted));
    int colon = full.indexOf(':');
    return new AopApi(
        full.substring(0, colon),
        full.substring(colon + 1),
        country == null || country.isBlank() ? DEFAULT_COUNTRY : country.strip());
  }

  /** The parameters that ask for one item, unencoded. */
  Map<String, String> arguments(long itemId) {
    return ARGUMENTS.get(namespace + ":" + name).apply(itemId, country);
  }

  private static IllegalArgumentException unknown(String id) {
    return new IllegalArgumentException(
        "There is no item API '"
            + id
            + "': use one of "
            + ARGUMENTS.keySet().stream().collect(Collectors.joining(", ")));
  }
}
