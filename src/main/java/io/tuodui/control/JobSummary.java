package io.tuodui.control;

import java.time.Instant;

/**
 * One job at a glance.
 *
 * @param state {@code loading}, {@code open}, {@code paused} or {@code finished}
 * @param open ids that are not explained yet
 * @param finishedAt {@code null} until it is finished
 */
public record JobSummary(
    long job,
    String source,
    String origin,
    String state,
    long accepted,
    long open,
    Instant startedAt,
    Instant finishedAt) {}
