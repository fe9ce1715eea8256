package io.tuodui.simulator;

import io.tuodui.account.Account;
import io.tuodui.gateway.Signatures;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Signed requests as they go over the wire, for tests that speak HTTP by themselves. */
final class RawRequests {
  private RawRequests() {}

  static String detail(Account account, long itemId) {
    String urlPath = "param2/1/" + GatewayClient.CROSS_BORDER + "/" + account.appKey();
    Map<String, String> sent = new LinkedHashMap<>();
    sent.put("offerDetailParam", "{\"offerId\":" + itemId + ",\"country\":\"en\"}");
    sent.put("access_token", account.accessToken());
    sent.put("_aop_signature", Signatures.aop(urlPath, sent, account.appSecret()));
    return get("/openapi/" + urlPath, sent);
  }

  static String itemGet(Account account, long itemId) {
    Map<String, String> sent = new LinkedHashMap<>();
    sent.put("method", "alibaba.item.get");
    sent.put("app_key", account.appKey());
    sent.put("format", "json");
    sent.put("v", "2.0");
    sent.put(
        "timestamp",
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
            .format(LocalDateTime.now(ZoneOffset.ofHours(8))));
    sent.put("item_id", Long.toString(itemId));
    sent.put("fields", "item_id,title,price,sku_info,category_id,seller_nick");
    sent.put("sign", Signatures.itemGet(sent, account.appSecret()));
    return get(SimulatedItemGetDialect.PATH, sent);
  }

  private static String get(String path, Map<String, String> query) {
    return "GET " + path + "?" + GatewayClient.encode(query) + " HTTP/1.1\r\nHost: sim\r\n\r\n";
  }
}
