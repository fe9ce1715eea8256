package io.tuodui.config;

import java.util.stream.Collectors;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.spring.boot.CamelSpringBootInitializationException;

/** The words for a route that cannot be read or started. */
final class RouteFailureText {
  private static final String ADVICE =
      "\nCorrect the setting or the file in tuodui.routes; the packaged routes are"
          + " classpath:routes/*.camel.yaml.";
  private static final int LONGEST = 5;

  private RouteFailureText() {}

  /** {@code null} when the cause is no failure of a route. */
  static String of(Throwable cause) {
    if (cause instanceof FailedToCreateRouteException failure) {
      return "The route " + failure.getRouteId() + " cannot be made: " + reason(failure) + ADVICE;
    }
    if (cause instanceof FailedToStartRouteException failure) {
      return "The route "
          + failure.getRouteId()
          + " cannot be started: "
          + reason(failure)
          + ADVICE;
    }
    if (cause instanceof CamelSpringBootInitializationException) {
      return "The routes cannot be read: " + reasons(cause) + ADVICE;
    }
    return null;
  }

  /** What stands behind Camel's own description of the route, which may be very long. */
  private static String reason(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    int because = message.lastIndexOf("because: ");
    return because < 0 ? message : message.substring(because + "because: ".length());
  }

  /** The file is in the outer message, the line in the inner one. */
  private static String reasons(Throwable failure) {
    String outer = String.valueOf(failure.getMessage()).replaceFirst("^[\\w.]+Exception: ", "");
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String inner = String.valueOf(root.getMessage());
    String all = outer.contains(inner) ? outer : outer + "\n" + inner;
    return all.lines()
        .filter(line -> !line.isBlank())
        .limit(LONGEST)
        .collect(Collectors.joining("\n"));
  }
}
