package io.tuodui.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** What is passed over with {@code tuodui.embedded-only}. */
class StoreSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "spring.datasource.url, true",
    "spring.datasource.hikari.jdbc-url, true",
    "SPRING_DATASOURCE_HIKARI_JDBCURL, true",
    "spring.data.redis.cluster.nodes[0], true",
    "SPRING_DATA_REDIS_CLUSTER_NODES_0, true",
    "spring.data.mongodb.uri, true",
    "spring.flyway.url, true",
    "tuodui.mongodb.database, false",
    "spring.data.web.pageable.max-page-size, false",
    "spring.quartz.job-store-type, false",
  })
  void areToldByTheirKey(String key, boolean isOne) {
    assertThat(StoreSettings.include(key)).isEqualTo(isOne);
  }

  @Test
  void whatElseASourceHoldsStays() {
    ConfigurableEnvironment environment =
        new StandardEnvironment() {
          @Override
          public Map<String, Object> getSystemEnvironment() {
            return Map.of("SPRING_DATASOURCE_URL", "jdbc:mysql://h/t", "TUODUI_DATADIR", "/data");
          }
        };
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "file", Map.of("spring.data.redis.host", "h", "server.port", "${PORT:1}")));
    ConfigurationPropertySources.attach(environment);
    assertThat(environment.getProperty("spring.datasource.url")).isNotNull();

    StoreSettings.setAside(environment.getPropertySources());

    assertThat(environment.getProperty("spring.datasource.url")).isNull();
    assertThat(environment.getProperty("spring.data.redis.host")).isNull();
    Binder binder = Binder.get(environment);
    assertThat(binder.bind("spring.data.redis", Map.class).isBound()).isFalse();
    assertThat(binder.bind("tuodui.data-dir", String.class).get()).isEqualTo("/data");
    assertThat(binder.bind("server.port", Integer.class).get()).isEqualTo(1);
  }
}
