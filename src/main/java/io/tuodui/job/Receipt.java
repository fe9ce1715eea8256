package io.tuodui.job;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;

/**
 * The account of a job, computed from the ledger: {@code submitted = accepted + duplicates +
 * invalid}, and once it is complete {@code accepted = succeeded + gone + dead + cancelled}.
 *
 * @param submitted entries of the list; while it is read, the ids that were taken from it so far
 * @param duplicates entries with an id that the list had before; known when the list is read
 * @param invalid entries that are no item id; known when the list is read
 * @param calls made to the platform for this job's ids, retries included; one that answers several
 *     jobs is counted for one of them
 * @param refused calls that the platform refused for being too many
 * @param retried calls beyond the first of an id
 * @param fresh ids that were explained without a call, by what was stored lately enough
 * @param shared ids that were explained by a call counted for another job
 * @param expired ids that were cancelled because the job's deadline came
 * @param finishedAt {@code null} until the job is complete
 * @param seconds from the start to the end, or until now
 * @param complete whether every accepted id is explained
 */
@JsonPropertyOrder({
  "job",
  "source",
  "origin",
  "submitted",
  "accepted",
  "duplicates",
  "invalid",
  "succeeded",
  "gone",
  "dead",
  "cancelled",
  "open",
  "calls",
  "refused",
  "retried",
  "fresh",
  "shared",
  "expired",
  "startedAt",
  "finishedAt",
  "seconds",
  "itemsPerSecond",
  "complete"
})
public record Receipt(
    long job,
    String source,
    String origin,
    long submitted,
    long accepted,
    long duplicates,
    long invalid,
    long succeeded,
    long gone,
    long dead,
    long cancelled,
    long open,
    long calls,
    long refused,
    long retried,
    long fresh,
    long shared,
    long expired,
    Instant startedAt,
    Instant finishedAt,
    double seconds,
    double itemsPerSecond,
    boolean complete) {}
