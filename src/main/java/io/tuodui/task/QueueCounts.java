package io.tuodui.task;

/**
 * How many tasks of a source stand where; tasks that ended are in the ledger, not here.
 *
 * @param due ready to be claimed
 * @param waiting due later
 * @param leased held by a node, or by one that died and was not yet swept
 */
public record QueueCounts(long due, long waiting, long leased) {

  QueueCounts plus(QueueCounts other) {
    return new QueueCounts(due + other.due, waiting + other.waiting, leased + other.leased);
  }
}
