package io.tuodui.task;

import io.tuodui.redis.RedisForTests;
import org.springframework.data.redis.core.StringRedisTemplate;

class TaskQueueOnRedisClusterTest extends TaskQueueContract {

  @Override
  StringRedisTemplate redis() {
    return RedisForTests.cluster();
  }
}
