package io.tuodui.account;

import java.time.Duration;

/**
 * How an account stands at a moment.
 *
 * @param freeIn how long until its next call may leave; zero when it is free
 * @param callsToday permits given for the running day of GMT+8; always 0 for an account without
 *     limits, whose calls are not counted
 * @param suspendedFor why it is out of use; {@code null} when it is not
 */
public record AccountState(Duration freeIn, long callsToday, String suspendedFor) {}
