package io.tuodui.simulator;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The APIs of the gateway that the simulator serves (protocol section 3.1), by their names. */
enum SimulatedAopApi {
  CROSS_BORDER(
      "com.alibaba.fenxiao.crossborder:product.search.queryProductDetail", "offerDetailParam", ""),
  OWN("com.alibaba.product:alibaba.product.get", "productID", "webSite"),
  SIMPLE("com.alibaba.product:alibaba.product.simple.get", "productID", "webSite"),
  AGENT("com.alibaba.product:alibaba.agent.product.get", "productID", "webSite"),
  CROSS("com.alibaba.product:alibaba.cross.productInfo", "productId", ""),
  CPS_MEDIA("com.alibaba.product:alibaba.cpsMedia.productInfo", "offerId", ""),
  /** The platform's time: signed, but for no seller, and about no item. */
  CURRENT_TIME("system:currentTime", "", "");

  private static final Map<String, SimulatedAopApi> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(api -> api.apiName, Function.identity()));
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSSZ");

  private final String apiName;
  private final String itemParameter;
  private final String alsoRequired;

  SimulatedAopApi(String apiName, String itemParameter, String alsoRequired) {
    this.apiName = apiName;
    this.itemParameter = itemParameter;
    this.alsoRequired = alsoRequired;
  }

  /** {@code null} if the platform has no such API. */
  static SimulatedAopApi named(String namespace, String api) {
    return BY_NAME.get(namespace + ":" + api);
  }

  boolean needsToken() {
    return this != CURRENT_TIME;
  }

  ItemRequest item(Call call) {
    if (this == CURRENT_TIME) {
      return new ItemRequest(0, null, null);
    }
    String value = call.parameter(itemParameter);
    if (this == CROSS_BORDER) {
      return OfferDetailParam.read(value);
    }
    if (!alsoRequired.isEmpty() && call.parameter(alsoRequired) == null) {
      return ItemRequest.missing(alsoRequired);
    }
    return ItemRequest.parse(itemParameter, value);
  }

  /** The body that comes with HTTP 200, a product or a business error. */
  byte[] body(long itemId, Clock clock) {
    if (this == CURRENT_TIME) {
      Instant now = clock.instant();
      String text = TIME.format(now.atOffset(SimulatedAccount.PLATFORM_ZONE));
      return Utf8Json.start().element(text).toBytes();
    }
    return switch (SimulatedItems.shelf(itemId)) {
      case UNKNOWN -> unknown("商品[" + itemId + "]不存在");
      case TAKEN_DOWN -> takenDown("商品[" + itemId + "]已下架");
      case EXPIRED, PUBLISHED -> detail(new Product(itemId));
    };
  }

  private byte[] unknown(String message) {
    return switch (this) {
      case CROSS_BORDER -> CrossBorderJson.failure(message);
      case CROSS -> FlatJson.failure(message);
      default -> FlatJson.errMsg(message);
    };
  }

  private byte[] takenDown(String message) {
    return this == CROSS_BORDER ? CrossBorderJson.failure(message) : FlatJson.failure(message);
  }

  private byte[] detail(Product product) {
    return this == CROSS_BORDER
        ? CrossBorderJson.detail(product)
        : FlatJson.detail(product, this == CROSS);
  }
}
