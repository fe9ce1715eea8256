package io.tuodui.config;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** The words for a setting whose value is wrong. */
final class SettingFailureText {
  private static final String ADVICE =
      "\nCorrect it where it is set; application.yaml describes each key.";

  private SettingFailureText() {}

  static String of(BindException wrong) {
    if (wrong.getCause() instanceof BindValidationException invalid) {
      ValidationErrors errors = invalid.getValidationErrors();
      return errors.getAllErrors().stream()
              .map(error -> invalid(errors.getName().toString(), error))
              .collect(Collectors.joining("\n"))
          + ADVICE;
    }
    return wrong.getName() + " cannot be read" + why(wrong) + "." + ADVICE;
  }

  private static String why(BindException wrong) {
    Throwable root = wrong;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (isSecret(wrong)) {
      // This one tells keys, not values
      return root instanceof UnboundConfigurationPropertiesException
          ? ": " + root.getMessage()
          : "";
    }
    return (wrong.getProperty() == null ? "" : " from '" + wrong.getProperty().getValue() + "'")
        + ": "
        + root.getMessage();
  }

  /** A value that was meant for several keys may hold the secret of one. */
  private static boolean isSecret(BindException wrong) {
    String key = wrong.getName().toString();
    return key.startsWith("tuodui.accounts")
        || key.startsWith("tuodui.tokens")
        || key.contains("password")
        || key.contains("secret");
  }

  private static String invalid(String prefix, ObjectError error) {
    if (!(error instanceof FieldError at)) {
      return prefix + " " + error.getDefaultMessage() + ".";
    }
    return prefix
        + "."
        + kebab(at.getField())
        + " is "
        + value(at.getRejectedValue())
        + ": it "
        + at.getDefaultMessage()
        + ".";
  }

  /** As it is written in a file. */
  private static String value(Object rejected) {
    if (rejected == null) {
      return "missing";
    }
    return rejected instanceof Duration time
        ? DurationStyle.SIMPLE.print(time)
        : "".equals(rejected) ? "empty" : rejected.toString();
  }

  private static String kebab(String field) {
    return field.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
