package io.tuodui.account;

import io.tuodui.redis.RedisForTests;
import org.springframework.data.redis.core.StringRedisTemplate;

class WindowPermitsOnRedisClusterTest extends WindowPermitsContract {

  @Override
  StringRedisTemplate redis() {
    return RedisForTests.cluster();
  }
}
