package io.tuodui.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tuodui.account.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The OAuth calls of protocol section 2. */
class TokenApiTest {
  private final Account account = SimulatedAccounts.accounts(1, 0, 0).get(0);
  private Simulator simulator;
  private GatewayClient client;

  @BeforeEach
  void start() {
    simulator = Simulator.start(SimulatorOptions.plain(1));
    client = new GatewayClient(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void aRefreshedTokenOpensTheGatewayAgain() {
    simulator.account(account.appKey()).expireTokens();
    assertThat(client.detail(account, 1).status()).isEqualTo(401);

    String token = getToken(Map.of()).json().path("access_token").asText();

    Account renewed =
        new Account(account.name(), account.appKey(), account.appSecret(), token, account.limits());
    assertThat(client.detail(renewed, 1).status()).isEqualTo(200);
    assertThat(simulator.stats().totals().tokensIssued()).isEqualTo(1);
  }

  @Test
  void everyOtherRefreshLeavesTheRefreshTokenOutAndSendsANumber() {
    JsonNode first = getToken(Map.of()).json();
    JsonNode second = getToken(Map.of()).json();
    assertThat(first.path("expires_in").isTextual()).isTrue();
    assertThat(first.path("refresh_token").asText())
        .isEqualTo(SimulatedAccounts.refreshToken(account.appKey()));
    assertThat(first.path("refresh_token_timeout").asText()).matches("\\d{14}\\+0800");
    assertThat(second.path("expires_in").isNumber()).isTrue();
    assertThat(second.has("refresh_token")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"alternating, true, false", "always, true, true", "never, false, false"})
  void aRefreshGivesARefreshTokenAsAskedFor(String when, boolean first, boolean second) {
    Quirks quirks = QuirksOf.line("--refresh-token " + when);
    try (Simulator other = Simulator.start(SimulatorOptions.plain(1, quirks))) {
      client = new GatewayClient(other);
      for (boolean with : new boolean[] {first, second, first}) {
        JsonNode reply = getToken(Map.of()).json();
        assertThat(reply.path("access_token").asText()).isNotBlank();
        assertThat(reply.has("refresh_token")).isEqualTo(with);
        assertThat(reply.has("refresh_token_timeout")).isEqualTo(with);
      }
    }
  }

  @Test
  void aCodeGivesTokensToo() {
    JsonNode reply = getToken(Map.of("grant_type", "authorization_code", "code", "c1")).json();
    assertThat(reply.path("access_token").asText()).isNotBlank();
    assertThat(reply.path("refresh_token").asText()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "refresh_token, stale, wrong refreshToken",
    "client_secret, stale, wrong client_id or client_secret",
    "client_id, 1, wrong client_id or client_secret",
    "grant_type, password, wrong grant_type",
  })
  void wrongParametersAreRefused(String name, String value, String message) {
    GatewayClient.Reply reply = getToken(Map.of(name, value));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("error_message").asText()).isEqualTo(message);
  }

  @Test
  void tokensLiveAsLongAsAskedFor() {
    SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    Quirks quirks = QuirksOf.line("--token-life 60 --refresh-token-life 90");
    SimulatorOptions options = SimulatorOptions.plain(1, quirks);
    try (Simulator other = Simulator.start(options, List.of(account), clock)) {
      client = new GatewayClient(other);
      clock.now = clock.now.plus(Duration.ofSeconds(59));
      assertThat(client.detail(account, 1).status()).isEqualTo(200);
      clock.now = clock.now.plus(Duration.ofSeconds(1));
      assertThat(client.detail(account, 1).status()).isEqualTo(401);
      JsonNode reply = getToken(Map.of()).json();
      assertThat(reply.path("expires_in").asInt()).isEqualTo(60);
      clock.now = clock.now.plus(Duration.ofSeconds(30));
      assertThat(getToken(Map.of()).json().path("error_message").asText())
          .isEqualTo("wrong refreshToken");
      assertThat(other.stats().totals().tokenCalls()).isEqualTo(2);
      assertThat(other.stats().totals().tokensIssued()).isEqualTo(1);
    }
  }

  @Test
  void aRotatedRefreshTokenMakesTheFormerWorthless() {
    Quirks quirks = QuirksOf.line("--refresh-token rotating");
    try (Simulator other = Simulator.start(SimulatorOptions.plain(1, quirks))) {
      client = new GatewayClient(other);
      String second = getToken(Map.of()).json().path("refresh_token").asText();
      assertThat(getToken(Map.of()).status()).isEqualTo(400);
      assertThat(getToken(Map.of("refresh_token", second)).status()).isEqualTo(200);
    }
  }

  @Test
  void anAuthorisationThatWasWithdrawnIsGivenAnewForACode() {
    simulator.account(account.appKey()).revokeRefreshToken();
    assertThat(getToken(Map.of()).status()).isEqualTo(400);
    JsonNode reply = getToken(Map.of("grant_type", "authorization_code", "code", "c1")).json();
    String refreshToken = reply.path("refresh_token").asText();
    assertThat(getToken(Map.of("refresh_token", refreshToken)).status()).isEqualTo(200);
  }

  @Test
  void aTokenServiceThatIsDownSaysSoAsTheGatewayDoes() {
    simulator.account(account.appKey()).tokenService(false);
    assertThat(getToken(Map.of()).json().path("error_code").asText()).startsWith("gw.ISP");
  }

  @Test
  void aFreshRefreshTokenIsNotPostponed() {
    String path = "/openapi/param2/1/system.oauth2/postponeToken/" + account.appKey();
    assertThat(client.post(path, Map.of()).status()).isEqualTo(400);
  }

  private GatewayClient.Reply getToken(Map<String, String> changes) {
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("client_id", account.appKey());
    form.put("client_secret", account.appSecret());
    form.put("refresh_token", SimulatedAccounts.refreshToken(account.appKey()));
    form.putAll(changes);
    return client.post("/openapi/http/1/system.oauth2/getToken/" + account.appKey(), form);
  }
}
