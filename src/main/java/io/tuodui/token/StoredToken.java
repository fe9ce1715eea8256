package io.tuodui.token;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A row of {@code account_token}, with what depends on the database's clock decided by it.
 *
 * @param configured sealed: what the configuration said when the row began
 * @param accessToken sealed; {@code null} when there is none
 * @param refreshToken sealed
 * @param version of the tokens
 * @param unusable whether the access token has ended, was refused, or is missing
 * @param due whether new tokens are to be asked for now, and nobody does
 * @param refusal why nobody asks; {@code null} when all is well
 */
record StoredToken(
    String account,
    String configured,
    String accessToken,
    String refreshToken,
    long version,
    boolean unusable,
    boolean due,
    int failures,
    String refusal) {

  static final String COLUMNS =
      """
      account, configured, access_token, refresh_token, version, failures, refusal,
      unusable OR COALESCE(expires_at <= UTC_TIMESTAMP(3), FALSE) AS is_unusable,
      refresh_at <= UTC_TIMESTAMP(3) AND refusal IS NULL
        AND COALESCE(claimed_until <= UTC_TIMESTAMP(3), TRUE) AS due
      """;

  static StoredToken of(ResultSet row, int number) throws SQLException {
    return new StoredToken(
        row.getString("account"),
        row.getString("configured"),
        row.getString("access_token"),
        row.getString("refresh_token"),
        row.getLong("version"),
        row.getBoolean("is_unusable"),
        row.getBoolean("due"),
        row.getInt("failures"),
        row.getString("refusal"));
  }
}
