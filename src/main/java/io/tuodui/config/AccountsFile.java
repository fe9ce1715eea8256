package io.tuodui.config;

import io.tuodui.config.TuoduiProperties.AccountProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads a YAML file of accounts; {@code ${NAME}} in it is taken from the environment. */
final class AccountsFile {
  private static final ConfigurationPropertyName ACCOUNTS =
      ConfigurationPropertyName.of("accounts");

  private AccountsFile() {}

  /**
   * @throws UserError when the file cannot be read or is not such a file
   */
  static List<AccountProperties> read(Path file, ConfigurableEnvironment environment) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new UserError(
          "The accounts file "
              + file.toAbsolutePath()
              + " is not there, is a folder or cannot be read: check tuodui.accounts-file.");
    }
    try {
      MutablePropertySources sources = new MutablePropertySources();
      for (PropertySource<?> source :
          new YamlPropertySourceLoader().load("accounts", new FileSystemResource(file))) {
        sources.addLast(source);
      }
      KnownKeys known = new KnownKeys();
      List<AccountProperties> accounts =
          new Binder(
                  ConfigurationPropertySources.from(sources),
                  new PropertySourcesPlaceholdersResolver(environment))
              .bind(ACCOUNTS, Bindable.listOf(AccountProperties.class), known)
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
    } catch (YAMLException broken) {
      throw new UserError(
          "The accounts file " + file + " cannot be read as YAML: save it as UTF-8 text.", broken);
    } catch (IOException | IllegalStateException broken) {
      throw new UserError("The accounts file " + file + " is not valid YAML.", broken);
    } catch (BindException wrong) {
      throw unfit(file, wrong.getName(), wrong);
    }
  }

  /** A limit that is misspelt would be none. */
  private static void requireAllKnown(MutablePropertySources sources, KnownKeys known, Path file) {
    for (ConfigurationPropertySource source : ConfigurationPropertySources.from(sources)) {
      known
          .unknown(source, ACCOUNTS)
          .findFirst()
          .ifPresent(
              unknown -> {
                throw unfit(file, unknown, null);
              });
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
