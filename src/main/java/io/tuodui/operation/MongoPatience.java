package io.tuodui.operation;

import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.mongo.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.autoconfigure.mongo.MongoProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * How long MongoDB is looked for: 5 s rather than the driver's 30, because the routes wait for it
 * by themselves, and a person at the start should not. A URI that names the time keeps it.
 */
@Configuration(proxyBeanMethods = false)
public class MongoPatience {
  private static final long SECONDS = 5;

  @Bean
  MongoClientSettingsBuilderCustomizer mongoPatienceCustomizer(MongoProperties properties) {
    String uri = properties.getUri();
    boolean named = uri != null && uri.contains("serverSelectionTimeoutMS");
    return settings -> {
      if (!named) {
        settings.applyToClusterSettings(
            cluster -> cluster.serverSelectionTimeout(SECONDS, TimeUnit.SECONDS));
      }
    };
  }
}
