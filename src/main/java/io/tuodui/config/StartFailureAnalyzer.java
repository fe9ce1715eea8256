package io.tuodui.config;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Turns a {@link UserError} at the start into its message alone, without a stack trace. */
public final class StartFailureAnalyzer extends AbstractFailureAnalyzer<UserError> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, UserError cause) {
    return new FailureAnalysis(cause.getMessage(), null, cause);
  }
}
