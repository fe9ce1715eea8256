package io.tuodui.account;

import java.time.Duration;

/**
 * How an account stands at a moment.
 *
 * @param freeIn how long until its next call may leave; zero when it is free
 * @param callsToday permits given for the running day of GMT+8; always 0 for an account without
 *     limits, whose calls are not counted
 * @param suspendedFor why it is out of use; {@code null} when it is not
 * @param perSecond its calls a second for now: what is configured, or less after the platform
 *     refused it; {@code null} when it has no such limit
 */
public record AccountState(
    Duration freeIn, long callsToday, String suspendedFor, Double perSecond) {}
