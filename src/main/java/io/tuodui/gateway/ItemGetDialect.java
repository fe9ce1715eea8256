package io.tuodui.gateway;

import io.tuodui.account.Account;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The {@code alibaba.item.get} protocol of the design article: a signed {@code GET} with system
 * parameters and errors in the manner of Taobao TOP (protocol sections 0 and 4.2). It has no access
 * token.
 */
public final class ItemGetDialect implements Dialect {

  /** The name in the configuration. */
  public static final String NAME = "item-get";

  /** The one API of this dialect. */
  public static final String API = "alibaba.item.get";

  private static final String VERSION = "2.0";
  private static final String PATH = "/openapi/param2/1/" + API + "/" + VERSION;
  private static final String FIELDS = "item_id,title,price,sku_info,category_id,seller_nick";
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final Clock clock;

  /**
   * @param clock gives the timestamp that is signed; its zone does not matter
   */
  public ItemGetDialect(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String api() {
    return API;
  }

  @Override
  public GatewayRequest itemDetail(Account account, long itemId) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("method", API);
    parameters.put("app_key", account.appKey());
    parameters.put("format", "json");
    parameters.put("v", VERSION);
    parameters.put("timestamp", timestamp());
    parameters.put("item_id", Long.toString(itemId));
    parameters.put("fields", FIELDS);
    parameters.put("sign", Signatures.itemGet(parameters, account.appSecret()));
    return new GatewayRequest("GET", PATH, FormEncoding.encode(parameters), null);
  }

  @Override
  public Verdict read(long itemId, int httpStatus, byte[] body) {
    return ReplyReader.read(
        httpStatus, body, root -> ItemGetReplies.judge(itemId, httpStatus, root));
  }

  private String timestamp() {
    return LocalDateTime.ofInstant(clock.instant(), PlatformDates.ZONE).format(TIMESTAMP);
  }
}
