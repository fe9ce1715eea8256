package io.tuodui.deadletter;

/**
 * What a replay did or, as a dry run, would do.
 *
 * @param dryRun whether nothing was changed
 * @param letters dead letters marked as replayed
 * @param items different items made due again
 * @param jobs jobs that wait for them again; one that holds items of several steps counts once
 */
public record Replayed(boolean dryRun, long letters, long items, long jobs) {}
