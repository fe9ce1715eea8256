package io.tuodui.command;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tuodui.audit.ReceiptCheck;
import io.tuodui.audit.ReceiptWriter;
import io.tuodui.config.StoresConfiguration;
import io.tuodui.job.JobRepository;
import io.tuodui.job.Ledger;
import io.tuodui.job.Receipts;
import io.tuodui.operation.MongoPatience;
import io.tuodui.operation.StoreCheck;
import io.tuodui.reconcile.LostItems;
import io.tuodui.reconcile.LostTasks;
import io.tuodui.reconcile.Reconciliation;
import io.tuodui.reconcile.StaleTasks;
import io.tuodui.store.StoredEvidence;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.mongo.MongoAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Spring with the configured stores, the embedded ones included, and nothing else: no web server,
 * no routes, no claiming, no accounts. For commands that look and repair beside the running nodes.
 */
@ImportAutoConfiguration({
  DataSourceAutoConfiguration.class,
  DataSourceTransactionManagerAutoConfiguration.class,
  JdbcTemplateAutoConfiguration.class,
  JdbcClientAutoConfiguration.class,
  FlywayAutoConfiguration.class,
  RedisAutoConfiguration.class,
  MongoAutoConfiguration.class,
  JacksonAutoConfiguration.class
})
@Import({
  StoresConfiguration.class,
  MongoPatience.class,
  StoreCheck.class,
  Ledger.class,
  Receipts.class,
  StoredEvidence.class,
  ReceiptWriter.class,
  ReceiptCheck.class,
  JobRepository.class,
  LostTasks.class,
  StaleTasks.class,
  LostItems.class,
  Reconciliation.class
})
class StoresOnly {

  /**
   * Starts it.
   *
   * @param arguments {@code --key=value}, each a Spring property
   */
  static ConfigurableApplicationContext start(String... arguments) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("command", Map.of("logging.level.io.tuodui", "WARN")));
    SpringApplication application = new SpringApplication(StoresOnly.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setEnvironment(environment);
    return application.run(arguments);
  }

  /** What is counted here is told in the command's answer; nobody scrapes it. */
  @Bean
  static MeterRegistry meters() {
    return new SimpleMeterRegistry();
  }
}
