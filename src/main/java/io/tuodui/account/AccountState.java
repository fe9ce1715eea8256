package io.tuodui.account;

import java.time.Duration;
import java.util.Map;

/**
 * How an account stands at a moment, for calls of one API.
 *
 * @param freeIn how long until its next call of the API may leave; zero when it is free
 * @param callsToday permits given for the running day of GMT+8; always 0 for an account without
 *     limits, whose calls are not counted
 * @param suspendedFor why it is out of use; {@code null} when it is not
 * @param perSecond its calls a second for now: what is configured, or less after the platform
 *     refused it; {@code null} when it has no such limit and was not refused
 * @param forbidden the APIs that the platform does not let it call, each with the reason
 */
public record AccountState(
    Duration freeIn,
    long callsToday,
    String suspendedFor,
    Double perSecond,
    Map<String, String> forbidden) {

  /** Why it can make no call of the API, now or later; {@code null} when it can. */
  public String unusableFor(String api) {
    return suspendedFor == null ? forbidden.get(api) : suspendedFor;
  }
}
