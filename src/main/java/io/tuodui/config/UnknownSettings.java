package io.tuodui.config;

import static io.tuodui.config.StoreSettings.plain;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Finds keys below {@code tuodui} that mean nothing, such as a misspelt limit, which would leave
 * the default in force without a word.
 *
 * <p>In a file or on the command line such a key is an error. The environment and the system
 * properties are shared with others, who may use the same name (Kubernetes sets {@code TUODUI_PORT}
 * for a service of that name): there it is a warning, and only if it looks like a key of Tuodui.
 */
final class UnknownSettings {
  private static final ConfigurationPropertyName TUODUI = ConfigurationPropertyName.of("tuodui");
  private static final Set<String> SHARED =
      Set.of(
          StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
          StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);

  /** One wrong letter in so many is a slip of the fingers; more is another word. */
  private static final int LETTERS_A_SLIP = 3;

  private final KnownKeys known = new KnownKeys();

  private UnknownSettings() {}

  /**
   * Looks through all sources.
   *
   * @return what to warn of, in words
   * @throws UserError that names the first unknown key that is an error
   * @throws org.springframework.boot.context.properties.bind.BindException when a value is wrong
   */
  static List<String> check(ConfigurableEnvironment environment) {
    UnknownSettings settings = new UnknownSettings();
    Binder.get(environment).bind(TUODUI, Bindable.of(TuoduiProperties.class), settings.known);
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (!isShared(source)) {
        settings.known.unknown(source, TUODUI).findFirst().ifPresent(settings::refuse);
      }
    }
    return settings.warnings(environment);
  }

  private static boolean isShared(ConfigurationPropertySource source) {
    return source.getUnderlyingSource() instanceof PropertySource<?> spring
        && SHARED.contains(spring.getName());
  }

  private void refuse(ConfigurationPropertyName unknown) {
    throw new UserError(
        "There is no setting "
            + unknown
            + nearest(unknown.toString()).map(near -> ": did you mean " + near + "?").orElse(".")
            + "\nCorrect it where it is set; application.yaml and docs/configuration.md have all keys.");
  }

  private List<String> warnings(ConfigurableEnvironment environment) {
    Set<String> plain =
        known.names().stream().map(key -> plain(key.toString())).collect(Collectors.toSet());
    return Stream.of(environment.getSystemEnvironment(), environment.getSystemProperties())
        .flatMap(shared -> shared.keySet().stream())
        .filter(name -> name.matches("(?i)tuodui[._].*"))
        .filter(name -> !plain.contains(plain(name)))
        .flatMap(
            name ->
                nearest(name).stream()
                    .map(near -> name + " sets nothing: did you mean " + near + "?"))
        .toList();
  }

  /** The key that most looks like a word, if any does. */
  private Optional<String> nearest(String word) {
    String plain = plain(word);
    return known.names().stream()
        .map(ConfigurationPropertyName::toString)
        .map(key -> Map.entry(key, slips(plain, plain(key))))
        .min(Map.Entry.comparingByValue(Comparator.naturalOrder()))
        .filter(near -> near.getValue() <= (plain.length() - "tuodui".length()) / LETTERS_A_SLIP)
        .map(Map.Entry::getKey);
  }

  /** How many letters must be put in, left out or changed to make one word of the other. */
  private static int slips(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
