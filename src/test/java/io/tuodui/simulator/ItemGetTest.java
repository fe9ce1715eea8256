package io.tuodui.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tuodui.account.Account;
import io.tuodui.account.Limits;
import io.tuodui.gateway.Signatures;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** The item-get dialect: its vector, its products, its errors and their order. */
class ItemGetTest {
  private static final List<String> ORDER =
      List.of(
          "app-key-missing",
          "app-key-unknown",
          "api-unknown",
          "signature-missing",
          "signature-wrong",
          "declined",
          "timestamp-missing",
          "timestamp-malformed",
          "timestamp-old",
          "parameter-missing",
          "parameter-wrong",
          "over-api-second",
          "over-second",
          "over-day");

  private final Account account =
      new Account("vector", "1000000", "test123", "tok-0001", Limits.NONE);
  private final Clock noon = Clock.fixed(Instant.parse("2024-01-01T04:00:00Z"), ZoneOffset.UTC);
  private Simulator simulator;
  private GatewayClient client;

  @BeforeEach
  void start() {
    simulator = Simulator.start(SimulatorOptions.plain(1), List.of(account), noon);
    client = new GatewayClient(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void thePublishedVectorIsAccepted() {
    Map<String, String> call = call(573741401425L, List.of());
    assertThat(call).containsEntry("sign", "q4iKl39iQNlbUrSTcohBgADiJMY=");

    for (GatewayClient.Reply reply :
        List.of(
            client.get(SimulatedItemGetDialect.PATH, call),
            client.post(SimulatedItemGetDialect.PATH, call))) {
      JsonNode item = reply.json().path("item");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(item.path("item_id").asLong()).isEqualTo(573741401425L);
      assertThat(item.path("title").asText()).isNotBlank();
      assertThat(item.path("price").asDouble()).isPositive();
      assertThat(item.path("category_id").asLong()).isPositive();
      assertThat(item.path("seller_nick").asText()).isNotBlank();
    }
  }

  @Test
  void itemsThatCannotBeBoughtAreTopErrors() {
    for (long id : SimulatedItems.ids(300).filter(id -> !SimulatedItems.published(id)).toArray()) {
      JsonNode error =
          client
              .get(SimulatedItemGetDialect.PATH, call(id, List.of()))
              .json()
              .path("error_response");
      assertThat(error.path("code").asInt()).isEqualTo(15);
      assertThat(error.path("sub_code").asText())
          .isEqualTo(
              SimulatedItems.exists(id)
                  ? "isv.item-is-delete:invalid-numIid-or-iid"
                  : "isv.item-not-exist");
    }
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/simulator/item-get-errors.csv", numLinesToSkip = 1)
  void errorsAloneAndBeforeAllLaterOnes(
      String wrong, int code, String message, String subCode, String subMessage) {
    simulator.account(account.appKey()).perApiSecond(1);
    client.get(SimulatedItemGetDialect.PATH, call(573741401425L, List.of()));
    for (List<String> wrongs :
        List.of(List.of(wrong), ORDER.subList(ORDER.indexOf(wrong), ORDER.size()))) {
      platform(wrongs);

      GatewayClient.Reply reply =
          client.get(SimulatedItemGetDialect.PATH, call(573741401425L, wrongs));

      JsonNode error = reply.json().path("error_response");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(error.path("code").asInt()).isEqualTo(code);
      assertThat(error.path("msg").asText()).isEqualTo(message);
      assertThat(error.path("sub_code").asText(null)).isEqualTo(subCode);
      assertThat(error.path("sub_msg").asText(null)).isEqualTo(subMessage);
      assertThat(error.path("request_id").asText()).isNotEmpty();
    }
  }

  /** The columns: the option, what is wrong, the status. Business errors stay at HTTP 200. */
  @ParameterizedTest
  @CsvSource({
    "'', nothing, 200",
    "'', signature-wrong, 200",
    "'', upstream, 200",
    "--item-get-http-errors, nothing, 200",
    "--item-get-http-errors, unknown-item, 200",
    "--item-get-http-errors, app-key-unknown, 403",
    "--item-get-http-errors, signature-wrong, 403",
    "--item-get-http-errors, parameter-missing, 403",
    "--item-get-http-errors, upstream, 500",
  })
  void theStatusSaysWhatIsWrongIfAskedFor(String options, String wrong, int status) {
    SimulatorOptions asked = SimulatorOptions.plain(1, QuirksOf.line(options));
    long unknown =
        SimulatedItems.ids(300).filter(id -> !SimulatedItems.exists(id)).findFirst().orElseThrow();
    try (Simulator other = Simulator.start(asked, List.of(account), noon)) {
      if (wrong.equals("upstream")) {
        other.failNext(Fault.UPSTREAM);
      }
      long id = wrong.equals("unknown-item") ? unknown : 573741401425L;
      GatewayClient.Reply reply =
          new GatewayClient(other).get(SimulatedItemGetDialect.PATH, call(id, List.of(wrong)));
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.json().has("error_response")).isEqualTo(!wrong.equals("nothing"));
    }
  }

  private void platform(List<String> wrongs) {
    SimulatedAccount state = simulator.account(account.appKey());
    state.decline(wrongs.contains("declined"));
    state.perApiSecond(wrongs.contains("over-api-second") ? 1 : 0);
    state.perSecond(wrongs.contains("over-second") ? 1 : 0);
    state.perDay(wrongs.contains("over-day") ? 1 : 0);
  }

  private Map<String, String> call(long itemId, List<String> wrongs) {
    Map<String, String> sent = new LinkedHashMap<>();
    sent.put("method", wrongs.contains("api-unknown") ? "no.such" : "alibaba.item.get");
    if (!wrongs.contains("app-key-missing")) {
      sent.put("app_key", wrongs.contains("app-key-unknown") ? "1" : account.appKey());
    }
    sent.put("format", "json");
    sent.put("v", "2.0");
    if (!wrongs.contains("timestamp-missing")) {
      String old = wrongs.contains("timestamp-old") ? "11:49:59" : "12:00:00";
      sent.put("timestamp", "2024-01-01 " + (wrongs.contains("timestamp-malformed") ? "x" : old));
    }
    if (!wrongs.contains("parameter-missing")) {
      sent.put("item_id", wrongs.contains("parameter-wrong") ? "12a" : Long.toString(itemId));
    }
    sent.put("fields", "item_id,title,price,sku_info,category_id,seller_nick");
    if (!wrongs.contains("signature-missing")) {
      String secret = wrongs.contains("signature-wrong") ? "wrong" : account.appSecret();
      sent.put("sign", Signatures.itemGet(sent, secret));
    }
    return sent;
  }
}
