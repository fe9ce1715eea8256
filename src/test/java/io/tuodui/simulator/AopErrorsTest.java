package io.tuodui.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tuodui.account.Account;
import io.tuodui.gateway.Signatures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Each error of protocol section 4.1, and their order of 7.2: a call that is wrong in one way and
 * in every later way gets the error of the first.
 */
class AopErrorsTest {
  private static final String API = "com.alibaba.product/alibaba.product.get";
  private static final List<String> ORDER =
      List.of(
          "app-key-missing",
          "app-key-unknown",
          "api-unknown",
          "signature-missing",
          "signature-wrong",
          "token-missing",
          "token-wrong",
          "declined",
          "parameter-missing",
          "over-api-second",
          "over-second",
          "over-day",
          "package-used");

  private final Account account = SimulatedAccounts.accounts(1, 0, 0).get(0);
  private Simulator simulator;

  @BeforeEach
  void start() {
    simulator = Simulator.start(SimulatorOptions.plain(1));
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/simulator/aop-errors.csv", numLinesToSkip = 1)
  void alone(String wrong, int status, String code, String message) {
    check(List.of(wrong), status, code, message);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/simulator/aop-errors.csv", numLinesToSkip = 1)
  void beforeAllLaterOnes(String wrong, int status, String code, String message) {
    check(ORDER.subList(ORDER.indexOf(wrong), ORDER.size()), status, code, message);
  }

  private void check(List<String> wrongs, int status, String code, String message) {
    GatewayClient client = new GatewayClient(simulator);
    platform(wrongs, client);

    GatewayClient.Reply reply = client.post("/openapi/" + path(wrongs), parameters(wrongs));

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.body())
        .isEqualTo(
            "{\"error_message\":\"%s\",\"exception\":\"%s\",\"error_code\":\"%s\"}"
                .formatted(message, message, code));
    assertThat(simulator.stats().totals().refused().values().stream().mapToLong(n -> n).sum())
        .isEqualTo(1);
  }

  private void platform(List<String> wrongs, GatewayClient client) {
    SimulatedAccount state = simulator.account(account.appKey());
    client.detail(account, SimulatedItems.ids(1).findFirst().orElseThrow());
    if (wrongs.contains("over-api-second")) {
      state.perApiSecond(1);
      client.aop(account, API, Map.of("webSite", "1688", "productID", "1"));
    }
    if (wrongs.contains("declined")) {
      state.decline(true);
    }
    if (wrongs.contains("over-second")) {
      state.perSecond(1);
    }
    if (wrongs.contains("over-day")) {
      state.perDay(1);
    }
    if (wrongs.contains("package-used")) {
      state.packageOf(0);
    }
  }

  private String path(List<String> wrongs) {
    String api = wrongs.contains("api-unknown") ? "com.alibaba.product/no.such.api" : API;
    if (wrongs.contains("app-key-missing")) {
      return "param2/1/" + api;
    }
    return "param2/1/" + api + (wrongs.contains("app-key-unknown") ? "/1" : "/" + account.appKey());
  }

  private Map<String, String> parameters(List<String> wrongs) {
    Map<String, String> sent = new LinkedHashMap<>();
    sent.put("webSite", "1688");
    if (!wrongs.contains("parameter-missing")) {
      sent.put("productID", "573741401425");
    }
    if (!wrongs.contains("token-missing")) {
      sent.put("access_token", wrongs.contains("token-wrong") ? "stale" : account.accessToken());
    }
    if (!wrongs.contains("signature-missing")) {
      String secret = wrongs.contains("signature-wrong") ? "wrong" : account.appSecret();
      sent.put("_aop_signature", Signatures.aop(path(wrongs), sent, secret));
    }
    return sent;
  }
}
