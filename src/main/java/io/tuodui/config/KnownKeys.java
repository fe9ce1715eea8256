package io.tuodui.config;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

/**
 * Notes every key that a binding asks for: the keys that mean something. Spring's own check for
 * others does not look into lists.
 */
final class KnownKeys extends AbstractBindHandler {
  private final Set<ConfigurationPropertyName> names = new LinkedHashSet<>();

  @Override
  public <T> Bindable<T> onStart(
      ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
    names.add(name);
    return super.onStart(name, target, context);
  }

  Set<ConfigurationPropertyName> names() {
    return names;
  }

  /** The keys below a name that a source sets and nobody asks for. */
  Stream<ConfigurationPropertyName> unknown(
      ConfigurationPropertySource source, ConfigurationPropertyName below) {
    return source instanceof IterableConfigurationPropertySource keys
        ? keys.stream().filter(key -> below.isAncestorOf(key) && !names.contains(key))
        : Stream.empty();
  }
}
