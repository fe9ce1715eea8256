package io.tuodui.reconcile;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What a comparison of the stores came to.
 *
 * @param dryRun whether nothing was changed, and the counts say what would have been
 * @param open ids of the ledger that were looked for in the queue
 * @param putBack of these, which the queue lacked
 * @param due ids of the queue that were looked for in the ledger
 * @param dropped of these, which had ended
 * @param unknown of these, which the ledger has never heard of: they are left alone
 * @param jobs whose succeeded ids were looked for in the stores
 * @param succeeded ids that were looked for there
 * @param reopened of these, which had no row or no raw reply
 * @param reopenedJobs finished jobs that are open again
 */
@JsonPropertyOrder({
  "dryRun",
  "open",
  "putBack",
  "due",
  "dropped",
  "unknown",
  "jobs",
  "succeeded",
  "reopened",
  "reopenedJobs"
})
public record Reconciled(
    boolean dryRun,
    long open,
    long putBack,
    long due,
    long dropped,
    long unknown,
    long jobs,
    long succeeded,
    long reopened,
    long reopenedJobs) {}
