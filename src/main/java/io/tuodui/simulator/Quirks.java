package io.tuodui.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * In what the simulated platform may differ from its usual self: above all what is not known of the
 * real one (protocol section 8), so that a collector can be tried with each possibility.
 *
 * @param perApiSecond calls of one API that an account may make in any one second, 0 for no limit
 * @param throttle how long an account is refused once it was too fast
 * @param clockSkew how far the platform's clock is ahead of the true time, negative if it is behind
 * @param arrivalJitter how far calls are from arriving as evenly as they were sent: each arrives
 *     later by up to twice this
 * @param refreshToken whether a refresh gives a refresh token too
 * @param tokenLife how long an access token is valid, in whole seconds
 * @param refreshTokenLife the same of a refresh token
 * @param itemGetHttpErrors whether the item-get dialect refuses with HTTP 403 and fails with 500,
 *     as articles say, and not with TOP's 200
 * @param statuses HTTP statuses in place of the usual ones
 * @param faultPercents how often calls fail in each way, in place of what {@link Faults} says
 */
public record Quirks(
    int perApiSecond,
    Throttle throttle,
    Duration clockSkew,
    Duration arrivalJitter,
    RefreshToken refreshToken,
    Duration tokenLife,
    Duration refreshTokenLife,
    boolean itemGetHttpErrors,
    Statuses statuses,
    Map<Fault, Double> faultPercents) {
  private static final long MOST_SKEW = Duration.ofDays(1).toMillis();
  private static final Duration TOKEN_LIFE = Duration.ofHours(10);
  private static final Duration REFRESH_TOKEN_LIFE = Duration.ofDays(180);

  /** How long an account is refused once it was too fast (protocol section 5 knows of both). */
  public enum Throttle {
    /** Until it has been slow enough for a second. */
    SECOND,
    /** Until 00:00 GMT+8, with the same code. */
    DAY
  }

  /** Whether a refresh gives a refresh token besides the access token. */
  public enum RefreshToken {
    /** Every other time. */
    ALTERNATING,
    ALWAYS,
    NEVER,
    /** Always, and a new one, which makes the former worthless. */
    ROTATING
  }

  /** The platform as it is usually simulated. */
  public static final Quirks NONE =
      new Quirks(
          0,
          Throttle.SECOND,
          Duration.ZERO,
          Duration.ZERO,
          RefreshToken.ALTERNATING,
          TOKEN_LIFE,
          REFRESH_TOKEN_LIFE,
          false,
          Statuses.USUAL,
          Map.of());

  public Quirks {
    SimulatorOptions.within("per-api-second", perApiSecond, 0, Integer.MAX_VALUE);
    SimulatorOptions.within("clock-skew", clockSkew.toMillis(), -MOST_SKEW, MOST_SKEW);
    SimulatorOptions.within("arrival-jitter", arrivalJitter.toMillis(), 0, 10_000);
    SimulatorOptions.within("token-life", tokenLife.toSeconds(), 1, Integer.MAX_VALUE);
    SimulatorOptions.within(
        "refresh-token-life", refreshTokenLife.toSeconds(), 1, Integer.MAX_VALUE);
    Objects.requireNonNull(throttle, "throttle");
    Objects.requireNonNull(refreshToken, "refreshToken");
    Objects.requireNonNull(statuses, "statuses");
    faultPercents = Map.copyOf(faultPercents);
  }
}
