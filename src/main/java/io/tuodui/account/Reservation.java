package io.tuodui.account;

import java.time.Duration;

/**
 * A permit for one call, or the refusal of one.
 *
 * @param account whose call it is; {@code null} when refused
 * @param delay how long from now to the moment the call may leave; when refused, how long until an
 *     account is free, as things stand
 * @param granted whether the permit was given
 */
public record Reservation(String account, Duration delay, boolean granted) {

  static Reservation granted(String account, Duration wait) {
    return new Reservation(account, wait, true);
  }

  static Reservation refused(Duration wait) {
    return new Reservation(null, wait, false);
  }
}
