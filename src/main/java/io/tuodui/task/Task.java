package io.tuodui.task;

/**
 * One source of one item to collect, held under a lease.
 *
 * @param source the kind of data, such as {@code item-detail}
 * @param itemId the 1688 offer
 * @param token the lease's fencing token: greater than that of every earlier lease of this task, so
 *     that stores can refuse a worker that comes late
 * @param attempts attempts counted before this claim; 0 at the first
 * @param deaths how many nodes died while they held it
 */
public record Task(String source, long itemId, long token, int attempts, int deaths) {

  /** A task that no node died of. */
  public Task(String source, long itemId, long token, int attempts) {
    this(source, itemId, token, attempts, 0);
  }
}
