package io.tuodui.account;

import java.util.Map;

/**
 * What the platform allows one account: whole calls, counted by the platform in sliding windows.
 *
 * @param perSecond calls in any one second, at least 1; {@code null} when the account has no such
 *     limit
 * @param perMinute calls in any one minute, at least 1; {@code null} when the account has no such
 *     limit
 * @param perDay calls from 00:00 to 24:00 GMT+8, at least 1; {@code null} when the account has no
 *     such limit
 * @param apis what it allows the account beside, of the calls of one API alone, by the API's name;
 *     these have no APIs of their own
 */
public record Limits(
    Integer perSecond, Integer perMinute, Integer perDay, Map<String, Limits> apis) {

  /** No limit at all: for tests of speed against the simulator, never for the real platform. */
  public static final Limits NONE = new Limits(null, null);

  /**
   * What an account is taken to be allowed a second that has no such limit here, but one at the
   * platform, which refused it for being too fast. Reports, none confirmed, name 5 to 20.
   */
  static final int ASSUMED_PER_SECOND = 10;

  private static final double SECONDS_OF_MINUTE = 60;

  public Limits {
    positive("per-second", perSecond);
    positive("per-minute", perMinute);
    positive("per-day", perDay);
    apis = Map.copyOf(apis);
    if (apis.values().stream().anyMatch(api -> !api.apis().isEmpty())) {
      throw new IllegalArgumentException("the limits of an API cannot have APIs of their own");
    }
  }

  /** Limits of a second and a day, for all APIs together. */
  public Limits(Integer perSecond, Integer perDay) {
    this(perSecond, null, perDay, Map.of());
  }

  private static void positive(String name, Integer calls) {
    if (calls != null && calls < 1) {
      throw new IllegalArgumentException(name + " must be 1 or more, not " + calls);
    }
  }

  /** The limits of one API alone. */
  Limits of(String api) {
    return apis.getOrDefault(api, NONE);
  }

  /**
   * How many calls a second it may make if all are of this API.
   *
   * @return {@code null} when neither the account nor the API has such a limit
   */
  public Integer perSecond(String api) {
    return least(perSecond, of(api).perSecond);
  }

  /** The same for a minute. */
  Integer perMinute(String api) {
    return least(perMinute, of(api).perMinute);
  }

  private static Integer least(Integer one, Integer other) {
    return one == null || other != null && other < one ? other : one;
  }

  /**
   * How many calls a second it can keep up if all are of this API, days aside.
   *
   * @return infinity when nothing limits it
   */
  public double sustained(String api) {
    Integer second = perSecond(api);
    Integer minute = perMinute(api);
    return Math.min(
        second == null ? Double.POSITIVE_INFINITY : second,
        minute == null ? Double.POSITIVE_INFINITY : minute / SECONDS_OF_MINUTE);
  }
}
