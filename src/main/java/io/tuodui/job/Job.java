package io.tuodui.job;

/**
 * One submission of ids.
 *
 * @param jobId its number
 * @param source the kind of data that is wanted
 * @param origin where the ids came from, such as a file's name
 * @param state {@code loading} while its ids are written to the ledger, {@code open} while any of
 *     them is not explained, {@code paused} while nothing is done about it, then {@code finished}
 */
public record Job(long jobId, String source, String origin, String state) {
  public static final String LOADING = "loading";
  public static final String OPEN = "open";
  public static final String FINISHED = "finished";
}
