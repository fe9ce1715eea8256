package io.tuodui.config;

import io.tuodui.embedded.EmbeddedServersException;
import io.tuodui.embedded.EmbeddedServersProcess;
import io.tuodui.embedded.Kind;
import io.tuodui.embedded.RunningServers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * Adds what every installation shares, and starts the embedded servers for the stores that are not
 * configured.
 */
public final class SettingsPostProcessor implements EnvironmentPostProcessor, Ordered {
  /** The setting by which configured stores are passed over. */
  public static final String EMBEDDED_ONLY = "tuodui.embedded-only";

  private static final String EMBEDDED = "embedded-servers";

  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    if (Binder.get(environment).bind(EMBEDDED_ONLY, Boolean.class).orElse(false)) {
      StoreSettings.setAside(environment.getPropertySources());
    }
    addDefaults(environment);
    UnknownSettings.check(environment)
        .forEach(warning -> System.err.println("tuodui: warning: " + warning));
    Set<Kind> missing = EnumSet.noneOf(Kind.class);
    if (noneOf(
        environment,
        "spring.data.redis.host",
        "spring.data.redis.url",
        "spring.data.redis.cluster.nodes",
        "spring.data.redis.sentinel.nodes")) {
      missing.add(Kind.REDIS);
    }
    if (noneOf(environment, "spring.data.mongodb.uri", "spring.data.mongodb.host")) {
      missing.add(Kind.MONGODB);
    }
    if (noneOf(environment, "spring.datasource.url")) {
      missing.add(Kind.MYSQL);
    }
    if (!missing.isEmpty()) {
      // Commands on the stores alone have no web server; they call nobody and need no accounts.
      boolean calls = application.getWebApplicationType() != WebApplicationType.NONE;
      Preflight.check(environment, calls);
      if (calls || !joinEmbedded(missing, environment)) {
        startEmbedded(missing, environment);
      }
    }
  }

  private static void addDefaults(ConfigurableEnvironment environment) {
    try {
      for (PropertySource<?> source :
          new YamlPropertySourceLoader()
              .load("tuodui-defaults", new ClassPathResource("tuodui-defaults.yaml"))) {
        environment.getPropertySources().addLast(source);
      }
    } catch (IOException missing) {
      throw new IllegalStateException("This build lacks tuodui-defaults.yaml", missing);
    }
  }

  private static boolean noneOf(ConfigurableEnvironment environment, String... keys) {
    for (String key : keys) {
      if (environment.containsProperty(key) || environment.containsProperty(key + "[0]")) {
        return false;
      }
    }
    return true;
  }

  /** Uses the embedded servers that a node runs, where it does. */
  private static boolean joinEmbedded(Set<Kind> kinds, ConfigurableEnvironment environment) {
    Optional<Map<Kind, Integer>> running = RunningServers.ports(dataDir(environment));
    if (running.isEmpty() || !running.get().keySet().containsAll(kinds)) {
      return false;
    }
    running.get().keySet().retainAll(kinds);
    useEmbedded(running.get(), environment);
    return true;
  }

  private static Path dataDir(ConfigurableEnvironment environment) {
    return Path.of(environment.getProperty("tuodui.data-dir", "data"));
  }

  private static void startEmbedded(Set<Kind> kinds, ConfigurableEnvironment environment) {
    Path dataDir = dataDir(environment);
    System.err.println(
        "Starting the embedded "
            + kinds.stream().map(Kind::label).collect(Collectors.joining(", "))
            + " on the data in "
            + dataDir
            + " ...");
    EmbeddedServersProcess servers;
    try {
      servers = EmbeddedServersProcess.launch(dataDir, kinds);
    } catch (EmbeddedServersException failed) {
      throw new UserError(failed.getMessage(), failed);
    }
    // After the application's own end, which still needs them.
    SpringApplication.getShutdownHandlers().add(servers::close);
    useEmbedded(servers.ports(), environment);
  }

  private static void useEmbedded(Map<Kind, Integer> ports, ConfigurableEnvironment environment) {
    Map<String, Object> addresses = new HashMap<>();
    ports.forEach((kind, port) -> addAddress(addresses, kind, kind.url(port)));
    environment.getPropertySources().addFirst(new MapPropertySource(EMBEDDED, addresses));
  }

  /** Whether MySQL is the embedded server of {@code tuodui.data-dir}. */
  public static boolean mysqlIsEmbedded(ConfigurableEnvironment environment) {
    PropertySource<?> embedded = environment.getPropertySources().get(EMBEDDED);
    return embedded != null && embedded.containsProperty("spring.datasource.url");
  }

  private static void addAddress(Map<String, Object> addresses, Kind kind, String url) {
    switch (kind) {
      case REDIS -> addresses.put("spring.data.redis.url", url);
      case MONGODB ->
          addresses.put(
              "spring.data.mongodb.uri",
              url + "?serverSelectionTimeoutMS=5000&connectTimeoutMS=3000&socketTimeoutMS=30000");
      case MYSQL -> {
        addresses.put("spring.datasource.url", url);
        addresses.put("spring.datasource.username", "root");
        addresses.put("spring.datasource.password", "");
      }
    }
  }
}
