package io.tuodui.job;

import java.time.Instant;

/**
 * A row of the ledger: how one id of a job stands.
 *
 * @param state open, succeeded, gone, dead or cancelled
 * @param calls made to the platform for it, in this job
 * @param refused of these, refused for being too many
 * @param attempts at which of its attempts it ended, as dead letters and its history count them: a
 *     call that the platform refused for its account's sake is none. 0 when what was stored before
 *     was the answer; {@code null} while it is open, and when it is cancelled
 * @param account that made the last call; {@code null} before any
 * @param code the class and the platform's code of the last call, {@code null} if it succeeded
 * @param closedAt {@code null} while it is open
 * @param answered {@code call} by a call that this job counts, {@code shared} by one that another
 *     job counts, {@code fresh} by what was stored before; says nothing while it is open
 */
public record LedgerTask(
    long itemId,
    String state,
    int calls,
    int refused,
    Integer attempts,
    String account,
    String code,
    Instant closedAt,
    String answered) {
  public static final String OPEN = "open";
  public static final String SUCCEEDED = "succeeded";
  public static final String CANCELLED = "cancelled";
  public static final String CALL = "call";
  public static final String SHARED = "shared";
  public static final String FRESH = "fresh";

  /** The code of an id that was cancelled because its job's deadline came. */
  public static final String DEADLINE = "deadline";
}
