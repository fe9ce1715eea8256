package io.tuodui.job;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;

/**
 * The account of a job, computed from the ledger: {@code submitted = accepted + duplicates +
 * invalid}, and once it is complete {@code accepted = succeeded + gone + dead + cancelled}.
 *
 * @param calls made to the platform for this job's ids, retries included
 * @param refused calls that the platform refused for being too many
 * @param retried calls beyond the first of an id
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
    Instant startedAt,
    Instant finishedAt,
    double seconds,
    double itemsPerSecond,
    boolean complete) {}
