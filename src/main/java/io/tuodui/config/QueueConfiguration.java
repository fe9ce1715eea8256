package io.tuodui.config;

import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.resource.Delay;
import io.tuodui.node.SharedClock;
import io.tuodui.task.TaskQueue;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.data.redis.ClientResourcesBuilderCustomizer;
import org.springframework.boot.autoconfigure.data.redis.LettuceClientOptionsBuilderCustomizer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.data.redis.core.StringRedisTemplate;

/** What a node shares with the commands that only look at the stores: the settings, the queue. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TuoduiProperties.class)
public class QueueConfiguration {
  private static final String SOURCE = "item-detail";

  @Bean
  SharedClock clock() {
    return new SharedClock(Clock.systemUTC());
  }

  /** By itself, the client looks for a Redis that has been away for long only twice a minute. */
  @Bean
  ClientResourcesBuilderCustomizer redisIsSoonFoundAgain() {
    Delay upToTwoSeconds =
        Delay.exponential(Duration.ZERO, Duration.ofSeconds(2), 2, TimeUnit.MILLISECONDS);
    return resources -> resources.reconnectDelay(upToTwoSeconds);
  }

  /**
   * By itself, the client keeps every command until Redis is back, also those that nobody waits for
   * any more. If that is for long, all memory goes.
   */
  @Bean
  LettuceClientOptionsBuilderCustomizer nothingIsKeptForARedisThatIsAway() {
    return options -> options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS);
  }

  @Bean
  RedisData redisData(TuoduiProperties properties, StringRedisTemplate redis) {
    return new RedisData(redis, properties.queue().prefix()).settle();
  }

  @Bean
  @DependsOn("redisData")
  TaskQueue taskQueue(TuoduiProperties properties, StringRedisTemplate redis) {
    return new TaskQueue(SOURCE, properties.queue().shards(), properties.queue().prefix(), redis);
  }
}
