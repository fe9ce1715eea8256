package io.tuodui;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tuodui.config.QueueConfiguration;
import io.tuodui.config.RedisClientConfiguration;
import io.tuodui.job.JobRepository;
import io.tuodui.job.Ledger;
import io.tuodui.job.Receipts;
import io.tuodui.operation.MongoPatience;
import io.tuodui.operation.StoreCheck;
import io.tuodui.schedule.ScheduleControl;
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
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The stores alone, for commands that look at them or mend them: MySQL brought up to date, Redis,
 * MongoDB and the queue. No routes, no web server, no accounts: it claims nothing and calls nobody.
 *
 * <p>Not annotated as a configuration, so that the node's component scan passes it over.
 */
@ImportAutoConfiguration({
  DataSourceAutoConfiguration.class,
  DataSourceTransactionManagerAutoConfiguration.class,
  TransactionAutoConfiguration.class,
  JdbcTemplateAutoConfiguration.class,
  JdbcClientAutoConfiguration.class,
  FlywayAutoConfiguration.class,
  RedisAutoConfiguration.class,
  MongoAutoConfiguration.class,
  JacksonAutoConfiguration.class
})
@Import({
  QueueConfiguration.class,
  RedisClientConfiguration.class,
  MongoPatience.class,
  StoreCheck.class,
  JobRepository.class,
  Ledger.class,
  Receipts.class,
  ScheduleControl.class,
  StoredEvidence.class
})
@ComponentScan({
  "io.tuodui.audit",
  "io.tuodui.control",
  "io.tuodui.deadletter",
  "io.tuodui.explain",
  "io.tuodui.reconcile"
})
public class StoresApplication {

  /**
   * Connects to the stores of the configuration, the embedded ones included.
   *
   * @param arguments {@code --key=value}, each a Spring property
   */
  public static ConfigurableApplicationContext start(String... arguments) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "command",
                Map.of(
                    "logging.level.io.tuodui",
                    "WARN",
                    // What it says of a failed start is thrown as well.
                    "logging.level.org.springframework.context.annotation.AnnotationConfigApplicationContext",
                    "ERROR",
                    // A person waits.
                    "spring.datasource.hikari.minimum-idle",
                    1)));
    SpringApplication application = new SpringApplication(StoresApplication.class);
    application.setEnvironment(environment);
    application.setWebApplicationType(WebApplicationType.NONE);
    return application.run(arguments);
  }

  /** What is counted here is told in the command's answer; nobody scrapes it. */
  @Bean
  static MeterRegistry meters() {
    return new SimpleMeterRegistry();
  }
}
