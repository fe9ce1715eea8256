package io.tuodui.config;

import io.tuodui.config.TuoduiProperties.AccountProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads a YAML file of accounts; {@code ${NAME}} in it is taken from the environment. */
final class AccountsFile {
  private static final ConfigurationPropertyName ACCOUNTS =
      ConfigurationPropertyName.of("accounts");

  private AccountsFile() {}

  /**
   * @throws UserError when the file cannot be read or is not such a file
   */
  static List<AccountProperties> read(Path file, ConfigurableEnvironment environment) {
    if (!Files.isReadable(file)) {
      throw new UserError(
          "The accounts file "
              + file.toAbsolutePath()
              + " is not there or cannot be read: check tuodui.accounts-file.");
    }
    try {
      MutablePropertySources sources = new MutablePropertySources();
      for (PropertySource<?> source :
          new YamlPropertySourceLoader().load("accounts", new FileSystemResource(file))) {
        sources.addLast(source);
      }
      Set<ConfigurationPropertyName> known = new HashSet<>();
      List<AccountProperties> accounts =
          new Binder(
                  ConfigurationPropertySources.from(sources),
                  new PropertySourcesPlaceholdersResolver(environment))
              .bind(ACCOUNTS, Bindable.listOf(AccountProperties.class), noting(known))
              .orElse(List.of());
      requireAllKnown(sources, known, file);
      return accounts;
    } catch (MarkedYAMLException broken) {
      throw new UserError(
          "The accounts file "
              + file
              + " is not valid YAML at line "
              + (broken.getProblemMark().getLine() + 1)
              + ": "
              + broken.getProblem()
              + ".",
          broken);
    } catch (IOException | IllegalStateException broken) {
      throw new UserError("The accounts file " + file + " is not valid YAML.", broken);
    } catch (BindException wrong) {
      throw unfit(file, wrong.getName(), wrong);
    }
  }

  private static BindHandler noting(Set<ConfigurationPropertyName> names) {
    return new BindHandler() {
      @Override
      public <T> Bindable<T> onStart(
          ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
        names.add(name);
        return target;
      }
    };
  }

  /** A limit that is misspelt would be none. Spring's own check does not look into lists. */
  private static void requireAllKnown(
      MutablePropertySources sources, Set<ConfigurationPropertyName> known, Path file) {
    for (ConfigurationPropertySource source : ConfigurationPropertySources.from(sources)) {
      if (source instanceof IterableConfigurationPropertySource keys) {
        keys.stream()
            .filter(key -> ACCOUNTS.isAncestorOf(key) && !known.contains(key))
            .findFirst()
            .ifPresent(
                unknown -> {
                  throw unfit(file, unknown, null);
                });
      }
    }
  }

  private static UserError unfit(Path file, ConfigurationPropertyName where, Exception cause) {
    return new UserError(
        "The accounts file "
            + file
            + " does not fit at "
            + where
            + ": it must be accounts: [{name, app-key, app-secret, access-token, refresh-token,"
            + " access-token-expires-at, weight, limits: {per-second, per-minute, per-day, apis: [{name, per-second, per-minute,"
            + " per-day}]}}].",
        cause);
  }
}
