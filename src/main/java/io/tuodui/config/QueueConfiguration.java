package io.tuodui.config;

import io.tuodui.node.SharedClock;
import io.tuodui.task.TaskQueue;
import java.time.Clock;
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
