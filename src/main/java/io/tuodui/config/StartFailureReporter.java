package io.tuodui.config;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Keeps Spring Boot from printing a failed start with its stack trace: the failure is thrown all
 * the same, and the command line says it in words that help ({@link FailureText}).
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class StartFailureReporter implements SpringBootExceptionReporter {

  /** Made by Spring Boot, which hands every reporter the context, if there is one. */
  StartFailureReporter(ConfigurableApplicationContext context) {
    // Nothing of it is needed.
  }

  @Override
  public boolean reportException(Throwable failure) {
    return true;
  }
}
