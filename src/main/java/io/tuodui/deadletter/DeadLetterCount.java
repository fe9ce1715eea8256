package io.tuodui.deadletter;

/**
 * How many dead letters have one cause.
 *
 * @param replyClass as in {@code docs/errors.md}, in lower case
 * @param code the platform's own, or {@code null}
 */
public record DeadLetterCount(String replyClass, String code, long letters) {}
