package io.tuodui.simulator;

import io.tuodui.gateway.Signatures;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;

/**
 * The {@code item-get} dialect (protocol sections 0 and 7.8): one path, TOP's parameters and error
 * bodies, with HTTP 200 unless it is told otherwise. Its order of checks is that of the gateway's
 * own protocol.
 */
final class SimulatedItemGetDialect {
  static final String PATH = "/openapi/param2/1/alibaba.item.get/2.0";
  private static final String METHOD = "alibaba.item.get";
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  /** TOP allows a client's clock to be this much off. */
  private static final Duration SKEW = Duration.ofMinutes(10);

  private final Registry registry;
  private final Backend backend;
  private final boolean httpErrors;
  private final Clock clock;

  /**
   * @param httpErrors whether the HTTP status says, too, that it refuses (403) or fails (500)
   */
  SimulatedItemGetDialect(Registry registry, Backend backend, boolean httpErrors, Clock clock) {
    this.registry = registry;
    this.backend = backend;
    this.httpErrors = httpErrors;
    this.clock = clock;
  }

  Answer answer(Call call) {
    String appKey = call.parameter("app_key");
    SimulatedAccount account = appKey == null ? null : registry.find(appKey);
    if (account == null) {
      SimulatedAccount strangers = registry.strangers();
      strangers.arrive(call.arrivalNanos(), null);
      return refuse(
          strangers, appKey == null ? Refusal.APP_KEY_MISSING : Refusal.APP_KEY_UNKNOWN, null);
    }
    Refusal tooFast = account.arrive(call.arrivalNanos(), METHOD);
    Refusal refusal = identity(call, account);
    if (refusal != null) {
      return refuse(account, refusal, "timestamp");
    }
    ItemRequest item = ItemRequest.parse("item_id", call.parameter("item_id"));
    if (item.refusal() != null) {
      return refuse(account, item.refusal(), item.argument());
    }
    refusal = account.admit(tooFast, METHOD);
    if (refusal != null) {
      return refuse(account, refusal, Long.toString(account.banSeconds(refusal)));
    }
    String fields = call.parameter("fields");
    return backend.answer(() -> body(item.itemId(), fields), this::upstream);
  }

  private Refusal identity(Call call, SimulatedAccount account) {
    if (!METHOD.equals(call.parameter("method"))) {
      return Refusal.API_UNSUPPORTED;
    }
    String sign = call.parameter("sign");
    if (sign == null) {
      return Refusal.SIGNATURE_MISSING;
    }
    Map<String, String> signed = new HashMap<>(call.parameters());
    signed.remove("sign");
    if (!SimulatedAopDialect.same(
        Signatures.itemGet(signed, account.account().appSecret()), sign)) {
      return Refusal.SIGNATURE_INVALID;
    }
    return account.declined() ? Refusal.ACL : timestamp(call.parameter("timestamp"));
  }

  private Refusal timestamp(String text) {
    if (text == null) {
      return Refusal.TIMESTAMP_MISSING;
    }
    try {
      LocalDateTime sent = LocalDateTime.parse(text, TIMESTAMP);
      Duration off =
          Duration.between(sent.toInstant(SimulatedAccount.PLATFORM_ZONE), clock.instant());
      return off.abs().compareTo(SKEW) > 0 ? Refusal.TIMESTAMP_INVALID : null;
    } catch (DateTimeParseException wrong) {
      return Refusal.TIMESTAMP_INVALID;
    }
  }

  private static byte[] body(long itemId, String fields) {
    return switch (SimulatedItems.shelf(itemId)) {
      case UNKNOWN ->
          error(15, "Remote service error", "isv.item-not-exist", "该item_id对应宝贝已下架或非淘客宝贝");
      case TAKEN_DOWN, EXPIRED ->
          error(
              15,
              "Remote service error",
              "isv.item-is-delete:invalid-numIid-or-iid",
              "商品[" + itemId + "]已下架");
      case PUBLISHED -> ItemGetJson.item(new Product(itemId), fields);
    };
  }

  private Answer refuse(SimulatedAccount account, Refusal refusal, String detail) {
    account.refused(refusal);
    String subCode = refusal.topSubCode;
    String subMessage = refusal.topSubMessage;
    return Answer.json(
        httpErrors ? 403 : 200,
        error(
            refusal.topCode,
            refusal.topMessage,
            subCode == null ? null : subCode.formatted(detail),
            subMessage == null ? null : subMessage.formatted(detail)));
  }

  private static byte[] error(int code, String message, String subCode, String subMessage) {
    Utf8Json json = Utf8Json.start().object().object("error_response").field("code", code);
    json.field("msg", message);
    if (subCode != null) {
      json.field("sub_code", subCode).field("sub_msg", subMessage);
    }
    json.field("request_id", Long.toString(System.nanoTime(), 36));
    return json.endObject().endObject().toBytes();
  }

  private Answer upstream(long variation) {
    String subCode =
        variation % 2 == 0 ? "isp.item-service-timeout" : "isp.top-remote-connection-timeout";
    return Answer.json(
        httpErrors ? 500 : 200,
        error(15, "Remote service error", subCode, "The service behind the API timed out"));
  }
}
