package io.tuodui.simulator;

import java.time.Instant;
import java.time.format.DateTimeFormatter;

/**
 * The gateway's OAuth calls (protocol section 2): unsigned, with the app's secret as a parameter.
 */
final class TokenApi {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssZ");

  private final Registry registry;
  private final AopErrors errors;
  private final Quirks quirks;

  TokenApi(Registry registry, AopErrors errors, Quirks quirks) {
    this.registry = registry;
    this.errors = errors;
    this.quirks = quirks;
  }

  static boolean serves(AopPath path) {
    return path.namespace().equals("system.oauth2");
  }

  Answer answer(Call call, AopPath path) {
    SimulatedAccount account = registry.find(path.appKey());
    if (account == null) {
      Refusal refusal = path.appKey().isEmpty() ? Refusal.APP_KEY_MISSING : Refusal.APP_KEY_UNKNOWN;
      return errors.refusal(refusal, null);
    }
    return switch (path.api()) {
      case "getToken" -> account.tokenCall() ? getToken(call, account) : errors.upstream(0);
      case "postponeToken" -> wrong("refresh token has more than 30 days left");
      default -> errors.refusal(Refusal.API_UNSUPPORTED, null);
    };
  }

  private Answer getToken(Call call, SimulatedAccount account) {
    String appKey = account.account().appKey();
    String secret = call.parameter("client_secret");
    if (!appKey.equals(call.parameter("client_id"))
        || secret == null
        || !SimulatedAopDialect.same(account.account().appSecret(), secret)) {
      return wrong("wrong client_id or client_secret");
    }
    String grant = call.parameter("grant_type");
    if ("authorization_code".equals(grant)) {
      return call.parameter("code") == null ? wrong("wrong code") : token(account, true);
    }
    if (!"refresh_token".equals(grant)) {
      return wrong("wrong grant_type");
    }
    if (!account.refreshTokenValid(call.parameter("refresh_token"))) {
      return wrong("wrong refreshToken");
    }
    return token(account, false);
  }

  // The platform is free in two things (section 2), so by default every other refresh differs in
  // them
  private Answer token(SimulatedAccount account, boolean first) {
    String token = account.issueToken();
    String appKey = account.account().appKey();
    boolean even = account.tokensIssued() % 2 == 0;
    long seconds = quirks.tokenLife().toSeconds();
    Utf8Json json = Utf8Json.start().object().field("access_token", token);
    if (even) {
      json.field("expires_in", seconds);
    } else {
      json.numberText("expires_in", seconds);
    }
    if (first || withRefreshToken(even)) {
      Instant end = Instant.ofEpochMilli(account.refreshTokenEndMillis());
      json.field("refresh_token", account.refreshToken())
          .field(
              "refresh_token_timeout", TIME.format(end.atOffset(SimulatedAccount.PLATFORM_ZONE)));
    }
    json.field("aliId", "22" + appKey)
        .field("resource_owner", account.account().name())
        .field("memberId", "b2b-22" + appKey);
    return Answer.json(200, json.endObject().toBytes());
  }

  private boolean withRefreshToken(boolean even) {
    return switch (quirks.refreshToken()) {
      case ALTERNATING -> !even;
      case ALWAYS, ROTATING -> true;
      case NEVER -> false;
    };
  }

  private static Answer wrong(String message) {
    return AopErrors.error(400, "400", message);
  }
}
