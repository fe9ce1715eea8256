package io.tuodui.token;

import io.tuodui.account.Account;
import io.tuodui.config.Grant;
import io.tuodui.item.Sha256;
import java.nio.charset.StandardCharsets;

/** Seals and opens what a row of {@code account_token} holds, each column for itself. */
final class TokenSeals {
  private static final String CONFIGURED = "configured";
  private static final String ACCESS = "access_token";
  private static final String REFRESH = "refresh_token";

  private final TokenCipher cipher;

  TokenSeals(TokenCipher cipher) {
    this.cipher = cipher;
  }

  /** The configured tokens. */
  SealedGrant configured(Grant grant) {
    Account account = grant.account();
    return seal(account.name(), digest(grant), account.accessToken(), grant.refreshToken());
  }

  /** Whether the row began with what is configured now. */
  boolean beganWith(Grant grant, StoredToken row) throws UnreadableToken {
    return digest(grant).equals(open(row.account(), CONFIGURED, row.configured()));
  }

  /** A hash, so that a token of the configuration is not stored longer than it is used. */
  private static String digest(Grant grant) {
    Account account = grant.account();
    String all = account.appKey() + '\n' + account.accessToken() + '\n' + grant.refreshToken();
    return Sha256.hex(all.getBytes(StandardCharsets.UTF_8));
  }

  boolean isSealedWithNewest(StoredToken row) {
    return cipher.isSealedWithNewest(row.refreshToken());
  }

  /** The same row, sealed with the newest key. */
  SealedGrant again(StoredToken row) throws UnreadableToken {
    return seal(
        row.account(),
        open(row.account(), CONFIGURED, row.configured()),
        accessToken(row),
        refreshToken(row));
  }

  private SealedGrant seal(String account, String configured, String access, String refresh) {
    return new SealedGrant(
        account,
        cipher.seal(configured, owner(account, CONFIGURED)),
        sealAccess(account, access),
        sealRefresh(account, refresh));
  }

  String sealAccess(String account, String token) {
    return token == null ? null : cipher.seal(token, owner(account, ACCESS));
  }

  String sealRefresh(String account, String token) {
    return token == null ? null : cipher.seal(token, owner(account, REFRESH));
  }

  /** {@code null} when there is none. */
  String accessToken(StoredToken row) throws UnreadableToken {
    return row.accessToken() == null ? null : open(row.account(), ACCESS, row.accessToken());
  }

  String refreshToken(StoredToken row) throws UnreadableToken {
    return open(row.account(), REFRESH, row.refreshToken());
  }

  private String open(String account, String column, String sealed) throws UnreadableToken {
    return cipher.open(sealed, owner(account, column));
  }

  private static String owner(String account, String column) {
    return column + " of " + account;
  }
}
