package io.tuodui.collect;

import java.time.Duration;

/** No account is free soon enough. Thrown often and on purpose, so it carries no stack trace. */
public final class NoPermit extends Exception {
  private static final long serialVersionUID = 1;
  private final transient Duration wait;

  NoPermit(Duration wait) {
    super("No account is free for " + wait.toMillis() + " ms", null, false, false);
    this.wait = wait;
  }

  /** How long until an account is free. */
  public Duration getWait() {
    return wait;
  }
}
