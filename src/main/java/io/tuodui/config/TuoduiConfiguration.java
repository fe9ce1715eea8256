package io.tuodui.config;

import io.micrometer.core.instrument.MeterRegistry;
import io.tuodui.account.Guard;
import io.tuodui.account.Lead;
import io.tuodui.account.Permits;
import io.tuodui.gateway.Dialect;
import io.tuodui.gateway.Dialects;
import io.tuodui.node.NodeRegistry;
import io.tuodui.node.SharedClock;
import io.tuodui.task.TaskQueue;
import io.tuodui.task.component.ClaimPace;
import io.tuodui.task.component.TasksComponent;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Puts the parts together that the routes name. */
@Configuration(proxyBeanMethods = false)
class TuoduiConfiguration {
  @Bean
  Accounts accounts(TuoduiProperties properties, ConfigurableEnvironment environment) {
    return accountsOf(properties, environment);
  }

  static Accounts accountsOf(TuoduiProperties properties, ConfigurableEnvironment environment) {
    String file = properties.accountsFile();
    return file == null || file.isBlank()
        ? new Accounts(properties.accounts(), "tuodui.accounts")
        : new Accounts(AccountsFile.read(Path.of(file), environment), file);
  }

  @Bean
  Dialect dialect(TuoduiProperties properties, Clock clock) {
    return dialectOf(properties, clock);
  }

  static Dialect dialectOf(TuoduiProperties properties, Clock clock) {
    TuoduiProperties.Gateway gateway = properties.gateway();
    try {
      return Dialects.named(gateway.dialect(), gateway.api(), gateway.country(), clock);
    } catch (IllegalArgumentException unknown) {
      throw new UserError("tuodui.gateway: " + unknown.getMessage(), unknown);
    }
  }

  @Bean
  @DependsOn("redisData")
  Permits permits(
      TuoduiProperties properties, StringRedisTemplate redis, Accounts accounts, Dialect dialect) {
    Permits permits = new Permits(redis, properties.queue().prefix(), properties.limits().regain());
    // A start is somebody's decision to try again with what the configuration now says.
    permits.configure(accounts.all());
    accounts.warnOfMissingLimits(dialect.api());
    return permits;
  }

  @Bean
  Guard guard(TuoduiProperties properties) {
    TuoduiProperties.LimitSettings limits = properties.limits();
    return new Guard(
        limits.guardMinimum(), limits.guardMaximum(), limits.slowStart(), System::nanoTime);
  }

  @Bean
  Lead lead() {
    return new Lead(System::nanoTime);
  }

  @Bean(initMethod = "start")
  @DependsOn("redisData")
  NodeRegistry nodeRegistry(
      TuoduiProperties properties, StringRedisTemplate redis, SharedClock clock) {
    return new NodeRegistry(
        redis, properties.queue().prefix(), nodeName(), properties.collect().lease(), clock);
  }

  @Bean
  TasksComponent tasks(TaskQueue queue, ClaimPace pace, NodeRegistry nodes, MeterRegistry meters) {
    return new TasksComponent(queue, pace, nodes.name(), meters);
  }

  /**
   * Unique to this process, so that a node that was started again is not taken for its former self.
   */
  private static String nodeName() {
    return ProcessHandle.current().pid() + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** Every route of {@code routes/}: without one of them, work would be lost or never done. */
  static List<String> routeIds() {
    return List.of(
        "intake-file",
        "submit-dropped",
        "submit-file",
        "load-submission",
        "fire-schedules",
        "write-report",
        "collect-items",
        "drop-explained",
        "fetch-item",
        "call-gateway",
        "store-outcomes",
        "store-alone",
        "store-patiently",
        "store-batch",
        "store-raw-replies",
        "store-items",
        "write-item-rows",
        "write-item-parts",
        "insert-item-parts",
        "write-sellers",
        "settle-batch",
        "write-ledger",
        "sweep-leases",
        "restore-lost-queue",
        "reconcile-stores",
        "retry-dead-letters",
        "expire-jobs",
        "finish-jobs",
        "forget-statuses",
        "forget-jobs",
        "refresh-tokens",
        "renew-tokens",
        "renew-token",
        "alert",
        "call-not-made",
        "batch-failed");
  }
}
