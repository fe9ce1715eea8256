package io.tuodui.gateway;

import java.time.Duration;
import java.time.Instant;

/**
 * What came of asking for a new access token. Its text form leaves out the tokens.
 *
 * @param kind what it came to
 * @param accessToken the new access token; {@code null} unless granted
 * @param life for how long it is valid; {@code null} unless granted
 * @param refreshToken the one to use from now on; {@code null} to keep the present one
 * @param refreshTokenEnds until when a refresh token can be used; {@code null} when not said
 * @param message why it was not granted; {@code null} when it was
 */
public record TokenReply(
    Kind kind,
    String accessToken,
    Duration life,
    String refreshToken,
    Instant refreshTokenEnds,
    String message) {

  /** What asking came to. */
  public enum Kind {
    /** There is a new access token. */
    GRANTED,
    /** The platform does not accept the refresh token or the app: asking again cannot help. */
    REFUSED,
    /** No answer, or one that says nothing about the refresh token: to be asked again later. */
    FAILED
  }

  /** No token, for a reason that has to do with this account. */
  public static TokenReply refused(String message) {
    return new TokenReply(Kind.REFUSED, null, null, null, null, message);
  }

  /** No token for now. */
  public static TokenReply failed(String message) {
    return new TokenReply(Kind.FAILED, null, null, null, null, message);
  }

  @Override
  public String toString() {
    return kind == Kind.GRANTED ? "granted for " + life : kind + ": " + message;
  }
}
