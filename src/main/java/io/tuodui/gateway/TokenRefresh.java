package io.tuodui.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.tuodui.account.Account;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The platform's call that gives a new access token for a refresh token: {@code
 * system.oauth2/getToken}, an unsigned form with the app's secret in it (protocol section 2).
 */
public final class TokenRefresh {

  /** What the platform's documentation says, should a reply not (protocol section 2). */
  private static final Duration USUAL_LIFE = Duration.ofHours(10);

  private static final int LONGEST_LIFE_DAYS = 3650;

  private TokenRefresh() {}

  /** The request, exactly as it is to be sent; it holds secrets. */
  public static GatewayRequest request(Account account, String refreshToken) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("client_id", account.appKey());
    form.put("client_secret", account.appSecret());
    form.put("refresh_token", refreshToken);
    return new GatewayRequest(
        "POST",
        "/openapi/http/1/system.oauth2/getToken/" + account.appKey(),
        null,
        FormEncoding.encode(form));
  }

  /**
   * Reads the reply; never throws. An error that the gateway words itself is a refusal, unless it
   * is about too many calls or about the gateway's own side: no list of its errors is known, and a
   * person who looks once too often costs less than an account that nobody knows to be out of use.
   */
  public static TokenReply read(int httpStatus, byte[] body) {
    JsonNode root;
    try {
      root = Json.MAPPER.readTree(body);
    } catch (IOException broken) {
      return TokenReply.failed("HTTP " + httpStatus + " without JSON");
    }
    String accessToken = text(root, "access_token");
    if (accessToken != null && httpStatus >= 200 && httpStatus < 300) {
      return new TokenReply(
          TokenReply.Kind.GRANTED,
          accessToken,
          life(root.path("expires_in")),
          text(root, "refresh_token"),
          PlatformDates.parse(text(root, "refresh_token_timeout")),
          null);
    }
    String code = text(root, "error_code", "errorCode", "error", "code");
    String message = text(root, "error_message", "errorMessage", "error_description", "message");
    if (code == null && message == null) {
      return TokenReply.failed("HTTP " + httpStatus + " with neither a token nor an error");
    }
    String said =
        AopEnvelope.cut("HTTP %d %s %s".formatted(httpStatus, words(code), words(message)).strip());
    return passes(httpStatus, code) ? TokenReply.failed(said) : TokenReply.refused(said);
  }

  /** Whether an error will be over by itself. */
  private static boolean passes(int httpStatus, String code) {
    String bare = words(code).toLowerCase(Locale.ROOT).replaceFirst("^gw\\.", "");
    return httpStatus == 429
        || httpStatus >= 500
        || bare.startsWith("qos")
        || bare.startsWith("isp");
  }

  /** Seconds, as a number or as text. */
  private static Duration life(JsonNode seconds) {
    long life = seconds.asLong(0);
    return life < 1 || life > Duration.ofDays(LONGEST_LIFE_DAYS).toSeconds()
        ? USUAL_LIFE
        : Duration.ofSeconds(life);
  }

  private static String text(JsonNode root, String... names) {
    return Fields.firstText(root, names);
  }

  private static String words(String text) {
    return text == null ? "" : text;
  }
}
