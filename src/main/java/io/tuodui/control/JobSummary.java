package io.tuodui.control;

import java.time.Instant;

/**
 * One job at a glance.
 *
 * @param state {@code loading}, {@code open}, {@code paused} or {@code finished}
 * @param priority {@code high}, {@code normal} or {@code low}
 * @param open ids that are not explained yet
 * @param deadline after which its open ids are cancelled; {@code null}: never
 * @param finishedAt {@code null} until it is finished
 */
public record JobSummary(
    long job,
    String source,
    String origin,
    String state,
    String priority,
    long accepted,
    long open,
    Instant startedAt,
    Instant deadline,
    Instant finishedAt) {}
