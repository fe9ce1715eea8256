package io.tuodui.account;

import java.time.Duration;

/**
 * A permit for one call, or the refusal of one.
 *
 * @param account whose call it is; {@code null} when refused
 * @param api the API that the call is of
 * @param delay how long from {@code givenAt} to the moment the call may leave; when refused, how
 *     long until an account is free, as things stand
 * @param givenAt when it was given, at the latest, on the clock of {@link System#nanoTime()}
 * @param slot when the call may leave, in ms since 1970 on Redis's clock: in this second, minute
 *     and day it is counted. 0 for a call that is not counted
 */
public record Reservation(String account, String api, Duration delay, long givenAt, long slot) {

  static Reservation uncounted(String account, String api, long givenAt) {
    return new Reservation(account, api, Duration.ZERO, givenAt, 0);
  }

  static Reservation refused(String api, Duration wait, long givenAt) {
    return new Reservation(null, api, wait, givenAt, 0);
  }

  /** Whether the permit was given. */
  public boolean granted() {
    return account != null;
  }

  /** When the call may leave, on the clock of {@link System#nanoTime()}. */
  public long leavesAt() {
    return givenAt + delay.toNanos();
  }
}
