package io.tuodui.config;

import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.data.redis.ClientResourcesBuilderCustomizer;
import org.springframework.boot.autoconfigure.data.redis.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the client of Redis behaves while Redis is away, where its own ways would not do. */
@Configuration(proxyBeanMethods = false)
public class RedisClientConfiguration {

  /** By itself, the client looks for a Redis that has been away for long only twice a minute. */
  @Bean
  ClientResourcesBuilderCustomizer redisIsSoonFoundAgain() {
    Delay upToTwoSeconds =
        Delay.exponential(Duration.ZERO, Duration.ofSeconds(2), 2, TimeUnit.MILLISECONDS);
    return resources -> resources.reconnectDelay(upToTwoSeconds);
  }

  /**
   * By itself, the client keeps every command until it is connected again, also those that nobody
   * waits for any more. If that takes long, all memory goes.
   */
  @Bean
  LettuceClientOptionsBuilderCustomizer nothingIsKeptWithoutAConnection() {
    return options -> options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS);
  }
}
