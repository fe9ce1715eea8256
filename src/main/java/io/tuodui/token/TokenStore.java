package io.tuodui.token;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table {@code account_token}. Who changes a row names the version it has seen, or the claim it
 * holds; each method says whether the row was still so. All times are the database's.
 */
@Repository
class TokenStore {
  private static final String NOW = "UTC_TIMESTAMP(3)";

  private final JdbcClient jdbc;

  TokenStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<StoredToken> all() {
    return jdbc.sql("SELECT " + StoredToken.COLUMNS + " FROM account_token ORDER BY refresh_at")
        .query(StoredToken::of)
        .list();
  }

  Optional<StoredToken> find(String account) {
    return jdbc.sql(
            "SELECT " + StoredToken.COLUMNS + " FROM account_token WHERE account = :account")
        .param("account", account)
        .query(StoredToken::of)
        .optional();
  }

  /**
   * Begins a row, or begins it anew, with the configured tokens. Of nodes that start together, one
   * begins it.
   *
   * @param replaced the version of the present row; 0 when there is none
   * @param expiresAt {@code null}: not known, so to be refreshed at once
   */
  void begin(SealedGrant grant, long replaced, Instant expiresAt, Duration ahead) {
    jdbc.sql(
            replaced == 0
                ? """
                INSERT IGNORE INTO account_token
                  (account, configured, access_token, refresh_token, expires_at, refresh_at, unusable)
                VALUES
                  (:account, :configured, :access, :refresh, :expires,
                   COALESCE(:expires - INTERVAL :ahead SECOND, UTC_TIMESTAMP(3)), :access IS NULL)
                """
                : """
                UPDATE account_token
                SET configured = :configured, access_token = :access, refresh_token = :refresh,
                    expires_at = :expires, refresh_ends_at = NULL, refreshed_at = NULL,
                    refresh_at = COALESCE(:expires - INTERVAL :ahead SECOND, UTC_TIMESTAMP(3)),
                    unusable = :access IS NULL, version = version + 1, failures = 0,
                    claim = NULL, claimed_until = NULL, refusal = NULL
                WHERE account = :account AND version = :replaced
                """)
        .param("account", grant.account())
        .param("configured", grant.configured())
        .param("access", grant.accessToken())
        .param("refresh", grant.refreshToken())
        .param("expires", utc(expiresAt))
        .param("ahead", ahead.toSeconds())
        .param("replaced", replaced)
        .update();
  }

  /** Writes the same tokens sealed anew. */
  void reseal(SealedGrant grant, long version) {
    jdbc.sql(
            """
            UPDATE account_token
            SET configured = :configured, access_token = :access, refresh_token = :refresh
            WHERE account = :account AND version = :version
            """)
        .param("account", grant.account())
        .param("configured", grant.configured())
        .param("access", grant.accessToken())
        .param("refresh", grant.refreshToken())
        .param("version", version)
        .update();
  }

  /** Lets a refused row be tried again, at once. */
  void reconsider(String account) {
    jdbc.sql(
            "UPDATE account_token SET refusal = NULL, failures = 0, refresh_at = "
                + NOW
                + " WHERE account = :account AND refusal IS NOT NULL")
        .param("account", account)
        .update();
  }

  /**
   * Notes that the platform refused the access token, so that a new one is asked for at once.
   *
   * @return false when that is known, or the tokens were replaced, or they are {@code fresh}:
   *     hardly refreshed, and within their time
   */
  boolean refused(String account, long version, Duration fresh) {
    return 0
        < jdbc.sql(
                """
                UPDATE account_token
                SET unusable = TRUE, refresh_at = UTC_TIMESTAMP(3)
                WHERE account = :account AND version = :version AND NOT unusable AND refusal IS NULL
                  AND NOT COALESCE(refreshed_at > UTC_TIMESTAMP(3) - INTERVAL :fresh SECOND
                                   AND expires_at > UTC_TIMESTAMP(3), FALSE)
                """)
            .param("account", account)
            .param("version", version)
            .param("fresh", fresh.toSeconds())
            .update();
  }

  /** Takes the right to ask for new tokens, for a while; false when another node has it. */
  boolean claim(StoredToken row, String claim, Duration lease) {
    return 0
        < jdbc.sql(
                """
                UPDATE account_token
                SET claim = :claim, claimed_until = UTC_TIMESTAMP(3) + INTERVAL :lease SECOND
                WHERE account = :account AND version = :version AND refusal IS NULL
                  AND refresh_at <= UTC_TIMESTAMP(3)
                  AND COALESCE(claimed_until <= UTC_TIMESTAMP(3), TRUE)
                """)
            .param("account", row.account())
            .param("version", row.version())
            .param("claim", claim)
            .param("lease", lease.toSeconds())
            .update();
  }

  /**
   * Stores new tokens, also for a claim that has run out, unless others were stored meanwhile.
   *
   * @param refreshToken sealed; {@code null} keeps the present one
   * @param refreshEnds {@code null} keeps the present one
   * @param refreshIn when to ask for the next
   */
  boolean replace(
      Refresh refresh,
      String accessToken,
      String refreshToken,
      Duration life,
      Instant refreshEnds,
      Duration refreshIn) {
    return 0
        < jdbc.sql(
                """
                UPDATE account_token
                SET access_token = :access, refresh_token = COALESCE(:refresh, refresh_token),
                    expires_at = UTC_TIMESTAMP(3) + INTERVAL :life SECOND,
                    refresh_ends_at = COALESCE(:refreshEnds, refresh_ends_at),
                    refreshed_at = UTC_TIMESTAMP(3), version = version + 1,
                    refresh_at = UTC_TIMESTAMP(3) + INTERVAL :refreshIn SECOND,
                    unusable = FALSE, failures = 0, claim = NULL, claimed_until = NULL, refusal = NULL
                WHERE account = :account AND version = :version
                """)
            .param("access", accessToken)
            .param("refresh", refreshToken)
            .param("life", life.toSeconds())
            .param("refreshEnds", utc(refreshEnds))
            .param("refreshIn", refreshIn.toSeconds())
            .param("account", refresh.account().name())
            .param("version", refresh.version())
            .update();
  }

  /** Gives the claim back: there are no new tokens, and they are to be asked for later. */
  boolean postpone(Refresh refresh, Duration wait) {
    return 0
        < jdbc.sql(
                """
                UPDATE account_token
                SET failures = failures + 1, claim = NULL, claimed_until = NULL,
                    refresh_at = UTC_TIMESTAMP(3) + INTERVAL :wait * 1000 MICROSECOND
                WHERE account = :account AND version = :version AND claim = :claim
                """)
            .param("wait", wait.toMillis())
            .param("account", refresh.account().name())
            .param("version", refresh.version())
            .param("claim", refresh.claim())
            .update();
  }

  /** Nobody is to ask again; false when that is known, or the tokens were replaced. */
  boolean giveUp(String account, long version, String reason) {
    return 0
        < jdbc.sql(
                """
                UPDATE account_token
                SET refusal = LEFT(:reason, 400), claim = NULL, claimed_until = NULL
                WHERE account = :account AND version = :version AND refusal IS NULL
                """)
            .param("reason", reason)
            .param("account", account)
            .param("version", version)
            .update();
  }

  private static LocalDateTime utc(Instant instant) {
    return instant == null ? null : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
