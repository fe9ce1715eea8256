package io.tuodui.settle;

import java.time.Duration;

/**
 * What becomes of a task after an outcome.
 *
 * @param kind see there
 * @param delay until it is tried again, for {@code RETRY} and {@code RELEASE}
 */
record Disposal(Kind kind, Duration delay) {
  enum Kind {
    /** Done: its data are stored. */
    SUCCEEDED,
    /** Done: the platform has no such item. */
    GONE,
    /** Not tried again without a person. */
    DEAD,
    /** Tried again later; this was an attempt. */
    RETRY,
    /** Tried again; its call was refused for the account's sake, so this was no attempt. */
    REQUEUE,
    /** Tried again; no call was made. */
    RELEASE
  }

  static final Disposal SUCCEEDED = new Disposal(Kind.SUCCEEDED, null);
  static final Disposal GONE = new Disposal(Kind.GONE, null);
  static final Disposal DEAD = new Disposal(Kind.DEAD, null);
  static final Disposal REQUEUE = new Disposal(Kind.REQUEUE, Duration.ZERO);

  static Disposal retry(Duration delay) {
    return new Disposal(Kind.RETRY, delay);
  }

  static Disposal release(Duration delay) {
    return new Disposal(Kind.RELEASE, delay);
  }
}
