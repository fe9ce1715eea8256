package io.tuodui.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The settings that say where the stores are, and how they are reached. */
public final class StoreSettings {
  private static final List<String> BELOW =
      Stream.of("spring.data.redis", "spring.data.mongodb", "spring.datasource", "spring.flyway")
          .map(StoreSettings::plain)
          .toList();

  private StoreSettings() {}

  /** Whether a key, written as in a file or as in the environment, is one of them. */
  public static boolean include(String key) {
    String plain = plain(key);
    return BELOW.stream().anyMatch(plain::startsWith);
  }

  /** A key as it reads alike in a file, on the command line and in the environment. */
  public static String plain(String key) {
    return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /**
   * Takes them out of all sources. To set others before them would not do: a configured cluster
   * goes before an address, and some are read by Hikari and Flyway alone.
   */
  static void setAside(MutablePropertySources sources) {
    for (PropertySource<?> source : sources) {
      if (source instanceof EnumerablePropertySource<?> keys
          && Stream.of(keys.getPropertyNames()).anyMatch(StoreSettings::include)) {
        sources.replace(source.getName(), withoutThem(keys));
      }
    }
  }

  private static PropertySource<?> withoutThem(EnumerablePropertySource<?> source) {
    Map<String, Object> rest = new LinkedHashMap<>();
    for (String key : source.getPropertyNames()) {
      if (!include(key)) {
        rest.put(key, source.getProperty(key));
      }
    }
    return source instanceof SystemEnvironmentPropertySource
        ? new SystemEnvironmentPropertySource(source.getName(), rest)
        : new MapPropertySource(source.getName(), rest);
  }
}
