package io.tuodui.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.util.PlaceholderResolutionException;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Says a failure in the words of somebody who can mend it: what is wrong, where, what to do. */
public final class FailureText {
  private FailureText() {}

  /**
   * The words for a failure: a {@link UserError}'s own wherever it is among the causes, else those
   * for the outermost cause that is known; empty when none is.
   */
  public static Optional<String> of(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure;
        cause != null && !causes.contains(cause);
        cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes.stream()
        .filter(UserError.class::isInstance)
        .map(Throwable::getMessage)
        .findFirst()
        .or(() -> causes.stream().map(FailureText::words).filter(Objects::nonNull).findFirst());
  }

  private static String words(Throwable cause) {
    if (cause instanceof PortInUseException taken) {
      return "Port "
          + taken.getPort()
          + " is taken by another process.\nStop that process, or choose another port:"
          + " --server.port=0 takes any that is free.";
    }
    if (cause instanceof BindException wrong) {
      return SettingFailureText.of(wrong);
    }
    if (cause instanceof PlaceholderResolutionException missing) {
      return "A setting names something that is not set: "
          + missing.getMessage()
          + ".\nSet it in the environment, or write the value itself.";
    }
    if (cause instanceof MarkedYAMLException broken) {
      // Spring Boot does not say in which of its files.
      return "A settings file (application.yaml in this folder or its config/, or one that"
          + " spring.config.* names) is not valid YAML at line "
          + (broken.getProblemMark().getLine() + 1)
          + ": "
          + broken.getProblem()
          + ".";
    }
    if (cause instanceof YAMLException) {
      return "A settings file (application.yaml in this folder or its config/, or one that"
          + " spring.config.* names) cannot be read as YAML: save it as UTF-8 text.";
    }
    return Stream.<Function<Throwable, String>>of(
            TablesFailureText::of, StoreFailureText::of, RouteFailureText::of)
        .map(text -> text.apply(cause))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
