package io.tuodui.config;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.RuntimeCamelException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.validation.FieldError;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says a failure in the words of somebody who can mend it: what is wrong, where, what to do. */
public final class FailureText {
  private FailureText() {}

  /** The words for the first of the failure's causes that is known; empty when none is. */
  public static Optional<String> of(Throwable failure) {
    for (Throwable cause : causes(failure)) {
      String text = words(cause);
      if (text != null) {
        return Optional.of(text);
      }
    }
    return Optional.empty();
  }

  /** The failure and its causes, outermost first. */
  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure;
        cause != null && !causes.contains(cause);
        cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  private static String words(Throwable cause) {
    if (cause instanceof UserError error) {
      return error.getMessage();
    }
    if (cause instanceof PortInUseException taken) {
      return "Port "
          + taken.getPort()
          + " is taken by another process.\nStop that process, or choose another port:"
          + " --server.port=0 takes any that is free.";
    }
    if (cause instanceof BindException wrong) {
      return setting(wrong);
    }
    if (cause instanceof PlaceholderResolutionException missing) {
      return "A setting names something that is not set: "
          + missing.getMessage()
          + ".\nSet it in the environment, or give the value itself.";
    }
    if (cause instanceof MarkedYAMLException broken) {
      return "A settings file is not valid YAML: " + broken.getMessage();
    }
    if (cause instanceof FailedToCreateRouteException || cause instanceof RuntimeCamelException) {
      return RouteFailureText.of(cause);
    }
    if (cause instanceof SQLException refused) {
      return mysql(refused);
    }
    return null;
  }

  private static String setting(BindException wrong) {
    StringBuilder text = new StringBuilder();
    if (wrong.getCause() instanceof BindValidationException invalid) {
      invalid
          .getValidationErrors()
          .forEach(
              error -> {
                String field = error instanceof FieldError at ? "." + kebab(at.getField()) : "";
                Object value = error instanceof FieldError at ? at.getRejectedValue() : null;
                text.append(text.isEmpty() ? "" : "\n")
                    .append(invalid.getValidationErrors().getName())
                    .append(field)
                    .append(" is ")
                    .append(value == null ? "missing" : value)
                    .append(": it ")
                    .append(error.getDefaultMessage())
                    .append('.');
              });
      return text.append("\nCorrect it where it is set; application.yaml describes each key.")
          .toString();
    }
    Throwable root = wrong;
    for (Throwable cause : causes(wrong)) {
      root = cause;
    }
    ConfigurationPropertyName name = wrong.getName();
    return name
        + " cannot be read"
        + (wrong.getProperty() == null ? "" : " from '" + wrong.getProperty().getValue() + "'")
        + ": "
        + root.getMessage()
        + "\nCorrect it where it is set; application.yaml describes each key.";
  }

  private static String kebab(String field) {
    return field.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(java.util.Locale.ROOT);
  }

  private static String mysql(SQLException refused) {
    return "MySQL: " + refused.getMessage();
  }
}
