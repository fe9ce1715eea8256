package io.tuodui.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tuodui.account.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The call for a new access token (protocol section 2). */
class TokenRefreshTest {

  /**
   * @param body JSON, or a text that stands for itself
   * @param says what the message holds, or {@code null} for no message
   */
  record Reply(
      String name,
      int status,
      JsonNode body,
      String kind,
      String accessToken,
      String refreshToken,
      Long seconds,
      String refreshTokenEnds,
      String says) {

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Reply> replies() {
    return TestData.cases("token-replies.json", Reply.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("replies")
  void reads(Reply reply) {
    String body = reply.body().isTextual() ? reply.body().textValue() : reply.body().toString();
    TokenReply read = TokenRefresh.read(reply.status(), body.getBytes(UTF_8));
    assertThat(read.kind()).hasToString(reply.kind());
    assertThat(read.accessToken()).isEqualTo(reply.accessToken());
    assertThat(read.refreshToken()).isEqualTo(reply.refreshToken());
    assertThat(read.life())
        .isEqualTo(reply.seconds() == null ? null : Duration.ofSeconds(reply.seconds()));
    assertThat(read.refreshTokenEnds())
        .isEqualTo(
            reply.refreshTokenEnds() == null ? null : Instant.parse(reply.refreshTokenEnds()));
    if (reply.says() == null) {
      assertThat(read.message()).isNull();
    } else {
      assertThat(read.message()).contains(reply.says());
    }
  }

  @Test
  void asksByAnUnsignedPostOfAForm() {
    Account account = new Account("shop", "1000000", "se&cret", "old", null);
    assertThat(TokenRefresh.request(account, "r+1"))
        .isEqualTo(
            new GatewayRequest(
                "POST",
                "/openapi/http/1/system.oauth2/getToken/1000000",
                null,
                "grant_type=refresh_token&client_id=1000000&client_secret=se%26cret&refresh_token=r%2B1"));
  }

  @Test
  void aReplyInALogShowsNoToken() {
    byte[] body = "{\"access_token\":\"hidden-1\",\"refresh_token\":\"hidden-2\"}".getBytes(UTF_8);
    assertThat(TokenRefresh.read(200, body).toString()).doesNotContain("hidden");
  }
}
