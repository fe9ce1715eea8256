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
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads a YAML file of accounts; {@code ${NAME}} in it is taken from the environment. */
final class AccountsFile {
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
      return new Binder(
              ConfigurationPropertySources.from(sources),
              new PropertySourcesPlaceholdersResolver(environment))
          .bind("accounts", Bindable.listOf(AccountProperties.class))
          .orElse(List.of());
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
      throw new UserError(
          "The accounts file "
              + file
              + " does not fit at "
              + wrong.getName()
              + ": it must be accounts: [{name, app-key, app-secret, access-token, refresh-token,"
              + " access-token-expires-at, limits:"
              + " {per-second, per-day}}].",
          wrong);
    }
  }
}
