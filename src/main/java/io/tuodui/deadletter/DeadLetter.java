package io.tuodui.deadletter;

import java.time.Instant;

/**
 * A task that will not be tried again without a person. Named as in the table {@code dead_letter}.
 *
 * @param id its number
 * @param status {@code open}, {@code replayed} or {@code discarded}
 * @param replyClass of the last call, in lower case, as in {@code docs/errors.md}
 * @param code the platform's own, or {@code null}
 * @param message the platform's words, or what was wrong with the reply; {@code null} if neither
 * @param attempts made before it was given up
 * @param account that made the last call, or {@code null}
 * @param httpStatus of the last reply, or {@code null}
 * @param bodyBytes how much is kept of the last reply; {@code null} when nothing
 * @param node on which it died; {@code null} in a letter of an older version
 * @param route that carried it; {@code null} in a letter of an older version
 * @param replayedAt {@code null} unless it was replayed
 * @param discardedAt {@code null} unless it was discarded
 */
public record DeadLetter(
    long id,
    String status,
    String source,
    long itemId,
    String replyClass,
    String code,
    String message,
    int attempts,
    String account,
    Integer httpStatus,
    Long bodyBytes,
    String node,
    String route,
    Instant diedAt,
    Instant replayedAt,
    Instant discardedAt) {}
