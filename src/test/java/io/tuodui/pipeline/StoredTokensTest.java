package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tuodui.GatewayStub;
import io.tuodui.GatewayStub.Reply;
import io.tuodui.NodeForTests;
import io.tuodui.account.Permits;
import io.tuodui.config.FailureText;
import io.tuodui.embedded.ServersForTests;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** How tokens are kept in MySQL, and what a token does that is never good. */
@ExtendWith(OutputCaptureExtension.class)
class StoredTokensTest {
  private static final String API = "product.search.queryProductDetail";
  private static final String OLD_KEY = Base64.getEncoder().encodeToString(new byte[32]);
  private static final String NEW_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  private static final List<String> SECRETS =
      List.of("configured-access", "configured-refresh", "given-access", "given-refresh", "hush");

  private final Map<String, Object> settings = new HashMap<>();
  private GatewayStub gateway;

  @BeforeEach
  void start() {
    gateway = GatewayStub.start();
    gateway.answer(
        request ->
            request.path().contains("/system.oauth2/getToken/")
                ? Reply.of(
                    200, "{\"access_token\":\"given-access\",\"refresh_token\":\"given-refresh\"}")
                : Reply.item(request.itemId(), ""));
    settings.put("spring.datasource.url", ServersForTests.newDatabase());
    settings.put("tuodui.accounts-file", "");
    settings.put("tuodui.accounts[0].name", "shop");
    settings.put("tuodui.accounts[0].app-key", "1000001");
    settings.put("tuodui.accounts[0].app-secret", "hush");
    settings.put("tuodui.accounts[0].access-token", "configured-access");
    settings.put("tuodui.accounts[0].refresh-token", "configured-refresh");
    settings.put("tuodui.tokens.key", OLD_KEY);
    settings.put("tuodui.schedule.tokens", "0/1 * * * * ?");
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void tokensAreUnreadableWithoutTheKeyAndTheKeyCanBeReplaced() {
    String sealed;
    try (NodeForTests node = node()) {
      patiently().until(() -> row(node).get("refreshed_at") != null);
      sealed = row(node).toString();
      assertThat(sealed).doesNotContain(SECRETS);
      assertThat(accessTokenOfACall(node)).isEqualTo("given-access");
    }
    settings.put("tuodui.tokens.key", NEW_KEY);
    assertThat(failureText())
        .contains("encrypted with the key", "tuodui.tokens.key", "DELETE FROM account_token")
        .doesNotContain(SECRETS)
        .doesNotContain(NEW_KEY, OLD_KEY);
    settings.put("tuodui.tokens.key", NEW_KEY + "," + OLD_KEY);
    node().close();
    settings.put("tuodui.tokens.key", NEW_KEY);
    try (NodeForTests node = node()) {
      assertThat(accessTokenOfACall(node)).isEqualTo("given-access");
      assertThat(row(node).get("refresh_token").toString()).isNotIn(sealed);
    }
    settings.put("tuodui.tokens.key", "");
    assertThat(failureText()).contains("openssl rand -base64 32");
  }

  @Test
  void tokensOfAnAccountThatIsNotConfiguredAnyMoreAreKeptAndNamed(CapturedOutput output) {
    node().close();
    settings.put("tuodui.accounts[0].name", "other-shop");
    assertThat(output).doesNotContain("MySQL keeps the tokens");
    try (NodeForTests node = node()) {
      assertThat(output).contains("MySQL keeps the tokens of shop,").doesNotContain(SECRETS);
      assertThat(node.rows("SELECT account FROM account_token")).hasSize(2);
    }
  }

  @Test
  void aTokenThatIsRefusedAsSoonAsItWasGivenSuspendsItsAccount() {
    gateway.answer(
        request ->
            request.path().contains("/system.oauth2/getToken/")
                ? Reply.of(200, "{\"access_token\":\"given-access\"}")
                : Reply.error(401, "401"));
    try (NodeForTests node = node()) {
      long job = node.submit(2);
      Permits permits = node.bean(Permits.class);
      patiently().until(() -> permits.unusable(API).containsKey("shop"));
      assertThat(permits.unusable(API).get("shop"))
          .contains("just given", "authorise it again")
          .doesNotContain(SECRETS);
      assertThat(node.receipt(job).open()).isEqualTo(1);
      assertThat(row(node).get("refusal")).isEqualTo(permits.unusable(API).get("shop"));
      permits.resume("shop");
      patiently()
          .alias("as after a loss of Redis")
          .until(() -> permits.unusable(API).containsKey("shop"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token", "refresh_token"})
  void aTokenThatCannotBeReadKeepsNoOtherAccountFromItsOwn(String unreadable) {
    settings.put("tuodui.accounts[1].name", "other-shop");
    settings.put("tuodui.accounts[1].app-key", "1000002");
    settings.put("tuodui.accounts[1].app-secret", "hush");
    settings.put("tuodui.accounts[1].access-token", "configured-access");
    settings.put("tuodui.accounts[1].refresh-token", "configured-refresh");
    try (NodeForTests node = node()) {
      String renewed = "SELECT 1 FROM account_token WHERE refreshed_at > '2000-01-02'";
      patiently().until(() -> node.rows(renewed).size() == 2);
      node.sql()
          .sql(
              "UPDATE account_token SET version = version + 1, refreshed_at = '2000-01-01',"
                  + " refresh_at = UTC_TIMESTAMP(3), "
                  + unreadable
                  + " = IF(account = 'shop', 'sealed by another', "
                  + unreadable
                  + ")")
          .update();
      patiently().until(() -> node.rows(renewed).size() == 1);
      assertThat(
              node.rows(
                  "SELECT claim FROM account_token WHERE account = 'shop' AND claim IS NOT NULL"))
          .as("a claim of who cannot use it would keep other nodes away")
          .isEmpty();
    }
  }

  private String accessTokenOfACall(NodeForTests node) {
    AtomicReference<String> token = new AtomicReference<>();
    gateway.answer(
        request -> {
          token.set(request.body().replaceFirst(".*access_token=([^&]*).*", "$1"));
          return Reply.item(request.itemId(), "");
        });
    node.complete(node.submit(1));
    return token.get();
  }

  private NodeForTests node() {
    return NodeForTests.start(gateway.baseUrl(), List.of(), settings);
  }

  private String failureText() {
    Throwable failure = Assertions.catchThrowable(this::node);
    assertThat(failure).isNotNull();
    return FailureText.of(failure).orElseThrow();
  }

  private static Map<String, Object> row(NodeForTests node) {
    List<Map<String, Object>> rows = node.rows("SELECT * FROM account_token");
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  /** A busy machine takes its time; a test that fails takes this. */
  private static ConditionFactory patiently() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }
}
