package io.tuodui.account;

import io.tuodui.redis.RedisForTests;
import org.springframework.data.redis.core.StringRedisTemplate;

class ApiPermitsOnRedisTest extends ApiPermitsContract {

  @Override
  StringRedisTemplate redis() {
    return RedisForTests.standalone();
  }
}
