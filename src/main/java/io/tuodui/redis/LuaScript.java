package io.tuodui.redis;

import java.util.List;
import java.util.Objects;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * A script of {@code src/main/resources/redis}: one step on the keys of one hash tag, which Redis
 * does wholly or not at all. The head of each file says what it does and what makes it safe.
 */
public final class LuaScript {

  @SuppressWarnings(
      "rawtypes") // Spring takes the class of the result, and there is no List<?>.class
  private final RedisScript<List> script;

  private LuaScript(String name) {
    script = RedisScript.of(new ClassPathResource("redis/" + name + ".lua"), List.class);
    script.getSha1(); // reads the file now, so that a missing one is found at start
  }

  /**
   * Reads a script.
   *
   * @param name the file's name without {@code .lua}
   * @throws org.springframework.data.redis.core.script.ScriptingException if there is no such file
   */
  public static LuaScript named(String name) {
    return new LuaScript(name);
  }

  /**
   * Runs the script where its keys live.
   *
   * @return its result, every element as text
   * @throws DataAccessException if Redis is away or refuses; the script may then have run or not
   */
  public List<String> run(StringRedisTemplate redis, List<String> keys, List<String> args) {
    List<?> result = redis.execute(script, keys, args.toArray());
    return Objects.requireNonNull(result, "a script's result").stream()
        .map(String::valueOf)
        .toList();
  }
}
