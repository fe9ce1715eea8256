package io.tuodui.account;

/**
 * What the platform allows one account: whole calls, counted by the platform in sliding windows.
 *
 * @param perSecond calls in any one second, at least 1; {@code null} when the account has no such
 *     limit
 * @param perDay calls from 00:00 to 24:00 GMT+8, at least 1; {@code null} when the account has no
 *     such limit
 */
public record Limits(Integer perSecond, Integer perDay) {

  /** No limit at all: for tests of speed against the simulator, never for the real platform. */
  public static final Limits NONE = new Limits(null, null);

  public Limits {
    if (perSecond != null && perSecond < 1) {
      throw new IllegalArgumentException("per-second must be 1 or more, not " + perSecond);
    }
    if (perDay != null && perDay < 1) {
      throw new IllegalArgumentException("per-day must be 1 or more, not " + perDay);
    }
  }
}
