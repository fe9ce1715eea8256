package io.tuodui.account;

import io.tuodui.redis.RedisForTests;
import org.springframework.data.redis.core.StringRedisTemplate;

class ApiPermitsOnRedisClusterTest extends ApiPermitsContract {

  @Override
  StringRedisTemplate redis() {
    return RedisForTests.cluster();
  }
}
