package io.tuodui.account;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/** Reads and spoils what Redis holds of the accounts. */
final class PermitKeys {
  private static final String CLOCK = "clock-offset";

  /**
   * What Redis holds at a moment.
   *
   * @param now its clock in ms
   * @param next when each account that is in use may make its next call
   * @param parked the same of those suspended
   * @param configured how many accounts have limits
   * @param ofApi when each account that has limits for the API may make its next call of it
   * @param configuredForApi how many of these there are
   */
  record State(
      double now,
      Map<String, Double> next,
      Map<String, Double> parked,
      long configured,
      Map<String, Double> ofApi,
      long configuredForApi) {

    /** Whether an account that was configured is missing. */
    boolean isLost() {
      return configured == 0
          || next.size() + parked.size() < configured
          || ofApi.size() < configuredForApi;
    }

    boolean knows(String account) {
      return next.containsKey(account) || parked.containsKey(account);
    }

    /** When an account in use may call the API. */
    double free(String account) {
      return Math.max(next.get(account), ofApi.getOrDefault(account, 0.0));
    }
  }

  @SuppressWarnings("rawtypes") // there is no List<?>.class
  private static final RedisScript<List> READ =
      RedisScript.of(
          """
          local t = redis.call('TIME')
          local offset = redis.call('GET', KEYS[1] .. 'clock-offset') or 0
          return {
            string.format('%.3f', t[1] * 1000 + t[2] / 1000 + offset),
            redis.call('ZRANGE', KEYS[1] .. 'next', 0, -1, 'WITHSCORES'),
            redis.call('ZRANGE', KEYS[1] .. 'parked', 0, -1, 'WITHSCORES'),
            tostring(redis.call('HLEN', KEYS[1] .. 'limits')),
            redis.call('ZRANGE', KEYS[1] .. 'next:' .. ARGV[1], 0, -1, 'WITHSCORES'),
            tostring(redis.call('HLEN', KEYS[1] .. 'limits:' .. ARGV[1]))
          }
          """,
          List.class);

  private final StringRedisTemplate redis;
  private final String start;

  PermitKeys(StringRedisTemplate redis, String prefix) {
    this.redis = redis;
    this.start = prefix + ":{limits}:";
  }

  State read(String api) {
    List<?> all = redis.execute(READ, List.of(start), api);
    return new State(
        Double.parseDouble((String) all.get(0)),
        scores((List<?>) all.get(1)),
        scores((List<?>) all.get(2)),
        Long.parseLong((String) all.get(3)),
        scores((List<?>) all.get(4)),
        Long.parseLong((String) all.get(5)));
  }

  private static Map<String, Double> scores(List<?> pairs) {
    Map<String, Double> scores = new HashMap<>();
    for (int i = 0; i < pairs.size(); i += 2) {
      scores.put((String) pairs.get(i), Double.parseDouble((String) pairs.get(i + 1)));
    }
    return scores;
  }

  boolean hasLimits(String account) {
    return redis.opsForHash().hasKey(start + "limits", account);
  }

  /** The calls counted for a day of GMT+8, of all APIs or of one. */
  long callsOfDay(String account, AccountModel.Day day) {
    String key = start + "day:" + day.number() + (day.api().isEmpty() ? "" : ":" + day.api());
    String calls = redis.<String, String>opsForHash().get(key, account);
    return calls == null ? 0 : Long.parseLong(calls);
  }

  /** Moves on the clock by which permits are given; see redis/clock.lua of the tests. */
  void letPass(long time) {
    redis.opsForValue().increment(start + CLOCK, time);
  }

  /** What the keys that are there are called, after what they all begin with. */
  Set<String> kinds() {
    return redis.keys(start.replace("{", "\\{") + "*").stream()
        .map(key -> key.substring(start.length()))
        .collect(Collectors.toSet());
  }

  void delete(List<String> kinds) {
    redis.delete(kinds.stream().map(start::concat).toList());
  }

  /** All but the clock. */
  void deleteAll() {
    Set<String> all = redis.keys(start.replace("{", "\\{") + "*");
    all.remove(start + CLOCK);
    redis.delete(all);
  }
}
