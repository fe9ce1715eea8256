package io.tuodui.job;

import io.tuodui.task.Priority;
import io.tuodui.task.Share;

/**
 * One submission of ids.
 *
 * @param jobId its number
 * @param source the kind of data that is wanted
 * @param origin where the ids came from, such as a file's name
 * @param state {@code loading} while its ids are written to the ledger, {@code open} while any of
 *     them is not explained, {@code paused} while nothing is done about it, then {@code finished}
 * @param priority when it was read: a person may change it
 * @param maxAgeMillis an item that was fetched within this time is not called for; {@code null}:
 *     all are
 */
public record Job(
    long jobId, String source, String origin, String state, Priority priority, Long maxAgeMillis) {
  public static final String LOADING = "loading";
  public static final String OPEN = "open";
  public static final String PAUSED = "paused";
  public static final String FINISHED = "finished";

  /** On whose account its ids wait in the queue. */
  public Share share() {
    return new Share(jobId, priority);
  }
}
