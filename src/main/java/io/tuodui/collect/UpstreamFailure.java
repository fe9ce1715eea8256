package io.tuodui.collect;

import io.tuodui.gateway.Verdict;

/**
 * The platform's own side failed. Thrown, so that the circuit breaker counts it; it carries no
 * stack trace.
 */
public final class UpstreamFailure extends Exception {
  private static final long serialVersionUID = 1;
  private final transient Verdict verdict;

  UpstreamFailure(Verdict verdict) {
    super(verdict.code() + ": " + verdict.message(), null, false, false);
    this.verdict = verdict;
  }

  Verdict verdict() {
    return verdict;
  }
}
