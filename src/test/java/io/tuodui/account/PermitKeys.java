package io.tuodui.account;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/** Reads and spoils what Redis holds of the accounts. */
final class PermitKeys {

  /**
   * What Redis holds at a moment.
   *
   * @param now its clock in ms
   * @param next when each account that is in use may make its next call
   * @param parked the same of those suspended
   * @param configured how many accounts have limits
   */
  record State(double now, Map<String, Double> next, Map<String, Double> parked, long configured) {

    /** Whether an account that was configured is missing. */
    boolean isLost() {
      return configured == 0 || next.size() + parked.size() < configured;
    }

    boolean knows(String account) {
      return next.containsKey(account) || parked.containsKey(account);
    }
  }

  @SuppressWarnings("rawtypes") // there is no List<?>.class
  private static final RedisScript<List> READ =
      RedisScript.of(
          """
          local t = redis.call('TIME')
          return {
            string.format('%.3f', t[1] * 1000 + t[2] / 1000),
            redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES'),
            redis.call('ZRANGE', KEYS[2], 0, -1, 'WITHSCORES'),
            tostring(redis.call('HLEN', KEYS[3]))
          }
          """,
          List.class);

  private final StringRedisTemplate redis;
  private final String start;

  PermitKeys(StringRedisTemplate redis, String prefix) {
    this.redis = redis;
    this.start = prefix + ":{limits}:";
  }

  State read() {
    List<?> all = redis.execute(READ, List.of(start + "next", start + "parked", start + "limits"));
    return new State(
        Double.parseDouble((String) all.get(0)),
        scores((List<?>) all.get(1)),
        scores((List<?>) all.get(2)),
        Long.parseLong((String) all.get(3)));
  }

  private static Map<String, Double> scores(List<?> pairs) {
    Map<String, Double> scores = new HashMap<>();
    for (int i = 0; i < pairs.size(); i += 2) {
      scores.put((String) pairs.get(i), Double.parseDouble((String) pairs.get(i + 1)));
    }
    return scores;
  }

  /** The calls counted for a day of GMT+8. */
  long callsOfDay(String account, long day) {
    String calls = redis.<String, String>opsForHash().get(start + "day:" + day, account);
    return calls == null ? 0 : Long.parseLong(calls);
  }

  /** Moves every account's next call, as if the last had been that many ms earlier. */
  void letPass(double time) {
    State state = read();
    state.next().keySet().forEach(name -> add(start + "next", name, -time));
    state.parked().keySet().forEach(name -> add(start + "parked", name, -time));
  }

  private void add(String key, String name, double time) {
    redis.opsForZSet().incrementScore(key, name, time);
  }

  void delete(List<String> kinds) {
    redis.delete(kinds.stream().map(start::concat).toList());
  }

  void deleteAll() {
    redis.delete(redis.keys(start.replace("{", "\\{") + "*"));
  }
}
