package io.tuodui.explain;

import io.tuodui.deadletter.DeadLetter;
import io.tuodui.task.TaskPlace;
import java.time.Instant;
import java.util.List;

/**
 * All that the stores say of one item id.
 *
 * @param jobs that asked for it, the oldest first; at least one
 * @param attempts to collect it that are on record, in their order; a success at the first try is
 *     not among them, but in its job
 * @param queue where it stands in Redis now
 * @param deadLetters the oldest first
 * @param item its row in MySQL, or {@code null}
 * @param rawReply its newest reply in MongoDB, or {@code null}
 */
public record Story(
    long itemId,
    String source,
    List<Asked> jobs,
    List<Attempt> attempts,
    TaskPlace queue,
    List<DeadLetter> deadLetters,
    StoredItem item,
    StoredReply rawReply) {

  /**
   * A job that asked for the item, with its row of the ledger.
   *
   * @param jobState {@code loading}, {@code open} or {@code finished}
   * @param askedAt when the job was submitted
   * @param state {@code open}, {@code succeeded}, {@code gone}, {@code dead} or {@code cancelled}
   * @param calls made to the platform for it
   * @param refused of these, for being too many
   * @param account that made the last call, or {@code null}
   * @param code class and code of the last call, {@code null} if it succeeded or there was none
   * @param closedAt {@code null} while it is open
   * @param answered as in {@link io.tuodui.job.LedgerTask#answered()}
   */
  public record Asked(
      long job,
      String origin,
      String jobState,
      Instant askedAt,
      String state,
      int calls,
      int refused,
      String account,
      String code,
      Instant closedAt,
      String answered) {}

  /**
   * One claim of the task that came to something: waiting for a permit in vain does not.
   *
   * @param attempt its number, from 1; what was not the task's fault is not counted
   * @param at when the last call ended
   * @param calls made in this claim
   * @param replyClass of the last call, in lower case, as in {@code docs/errors.md}
   * @param waitMillis until the next try was due; {@code null} if there was to be none
   */
  public record Attempt(
      int attempt,
      Instant at,
      String node,
      String account,
      int calls,
      String replyClass,
      String code,
      String message,
      Integer httpStatus,
      Long waitMillis) {}

  /** The item's row. */
  public record StoredItem(
      String title, String status, Instant fetchedAt, String contentHash, String rawHash) {}

  /** The newest raw reply. */
  public record StoredReply(
      Instant fetchedAt, String hash, String account, Integer httpStatus, Integer bytes) {}
}
