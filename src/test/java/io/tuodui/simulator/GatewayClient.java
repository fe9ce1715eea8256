package io.tuodui.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tuodui.account.Account;
import io.tuodui.gateway.Signatures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Calls the simulator over HTTP as a collector does. */
final class GatewayClient {
  static final String CROSS_BORDER =
      "com.alibaba.fenxiao.crossborder/product.search.queryProductDetail";
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  record Reply(int status, String body) {
    JsonNode json() {
      return parse(body);
    }
  }

  private final String baseUrl;

  GatewayClient(Simulator simulator) {
    baseUrl = simulator.baseUrl();
  }

  /** A call in the gateway's own protocol, signed and with the account's token. */
  Reply aop(Account account, String api, Map<String, String> parameters) {
    Map<String, String> sent = new LinkedHashMap<>(parameters);
    sent.put("access_token", account.accessToken());
    String urlPath = "param2/1/" + api + "/" + account.appKey();
    sent.put("_aop_signature", Signatures.aop(urlPath, sent, account.appSecret()));
    return post("/openapi/" + urlPath, sent);
  }

  Reply detail(Account account, long itemId) {
    String parameter = "{\"offerId\":" + itemId + ",\"country\":\"en\"}";
    return aop(account, CROSS_BORDER, Map.of("offerDetailParam", parameter));
  }

  Reply post(String path, Map<String, String> form) {
    return send(
        HttpRequest.newBuilder(URI.create(baseUrl + path))
            .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
            .POST(HttpRequest.BodyPublishers.ofString(encode(form))));
  }

  Reply get(String path, Map<String, String> query) {
    return send(HttpRequest.newBuilder(URI.create(baseUrl + path + "?" + encode(query))));
  }

  private static Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          HTTP.send(
              request.timeout(Duration.ofSeconds(5)).build(),
              HttpResponse.BodyHandlers.ofString(UTF_8));
      return new Reply(response.statusCode(), response.body());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  static String encode(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(
            entry ->
                URLEncoder.encode(entry.getKey(), UTF_8)
                    + "="
                    + URLEncoder.encode(entry.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException wrong) {
      throw new UncheckedIOException(json, wrong);
    }
  }
}
