package io.tuodui.gateway;

import java.util.Locale;

/** What one call came to: the rows of the error table in {@code docs/errors.md}. */
public enum ReplyClass {
  /** The item's data came back. */
  SUCCEEDED,
  /**
   * The platform says that the item does not exist or is off the shelf: a result, not a failure.
   */
  GONE,
  /** Too many calls for now: the account slows down, and the task is not to blame. */
  THROTTLED,
  /** The account's day, package or ban: it rests until its reset. */
  QUOTA,
  /** The access token is missing, wrong or expired. */
  AUTH,
  /** The app key or the signature is wrong: somebody must mend the configuration. */
  MISCONFIGURED,
  /** This account may not call this API. */
  FORBIDDEN,
  /** The platform refuses the task's own arguments: trying again cannot help. */
  INVALID,
  /** The platform's own side failed. */
  UPSTREAM,
  /** No reply: connection refused or reset, time-out, name not found. */
  NETWORK,
  /** A reply that is cut off, empty or of an unknown shape. */
  MALFORMED,
  /** No reply, because the nodes that held the task died: it is not called for again. */
  POISON,
  /** The item's data came back, but a store refuses them: trying again cannot help. */
  UNSTORABLE;

  /** The class in lower case, as it is written everywhere outside Java. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
