package io.tuodui.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
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

  private LuaScript(String text) {
    script = RedisScript.of(text, List.class);
  }

  /**
   * Reads a script.
   *
   * @param names the file's name without {@code .lua}; before it, those of files that it needs in
   *     front of it
   * @throws IllegalStateException if there is no such file
   */
  public static LuaScript named(String... names) {
    return new LuaScript(Arrays.stream(names).map(LuaScript::text).collect(Collectors.joining()));
  }

  private static String text(String name) {
    try {
      return new ClassPathResource("redis/" + name + ".lua").getContentAsString(UTF_8);
    } catch (IOException missing) {
      throw new IllegalStateException("There is no script redis/" + name + ".lua", missing);
    }
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
