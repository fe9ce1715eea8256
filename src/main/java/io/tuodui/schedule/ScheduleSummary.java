package io.tuodui.schedule;

import java.time.OffsetDateTime;

/**
 * One schedule at a glance; times are in its zone.
 *
 * @param next when it fires next, {@code null} if never again
 * @param last the newest time that came, of its cron or when a person asked, {@code null} before
 *     the first
 * @param outcome what became of that: submitted, empty, skipped, missed, failed, or waiting; {@code
 *     null} before the first
 * @param message why it failed, or {@code null}
 * @param job its newest, or {@code null}
 * @param jobState of that, or {@code null}
 */
public record ScheduleSummary(
    String name,
    String cron,
    String timeZone,
    OffsetDateTime next,
    OffsetDateTime last,
    String outcome,
    String message,
    Long job,
    String jobState) {}
