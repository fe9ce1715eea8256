package io.tuodui.config;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * The version of the keys in Redis, kept in {@code <prefix>:version}. Nodes of one version work
 * side by side, whatever else is different about them; those of two must not, because one would
 * read the other's tasks wrongly. What an older version left is forgotten once its nodes are
 * stopped: the ledger fills the queue again.
 */
final class RedisData {
  /** To be raised with every change after which older nodes cannot use the keys, or be used by. */
  static final int VERSION = 1;

  private static final Logger LOG = LoggerFactory.getLogger(RedisData.class);

  private final StringRedisTemplate redis;
  private final String prefix;

  RedisData(StringRedisTemplate redis, String prefix) {
    this.redis = redis;
    this.prefix = prefix;
  }

  /**
   * Makes sure that the keys are this version's; to be called before any of them is touched.
   *
   * @throws UserError when they are a newer version's, or an older one's whose nodes still run
   * @throws DataAccessException when Redis is away
   */
  RedisData settle() {
    String key = prefix + ":version";
    String own = Integer.toString(VERSION);
    if (Boolean.TRUE.equals(redis.opsForValue().setIfAbsent(key, own))) {
      return this;
    }
    String found = redis.opsForValue().get(key);
    if (found == null || found.equals(own)) {
      return this;
    }
    if (!found.matches("\\d{1,6}") || Integer.parseInt(found) > VERSION) {
      throw new UserError(
          ("The keys in Redis that begin with \"%s\" are of version %s, and this Tuodui knows %d:"
                  + " a newer one has worked here.%nStart that one, or give this one keys of its"
                  + " own with tuodui.queue.prefix.")
              .formatted(prefix, found, VERSION));
    }
    Set<String> nodes = nodes();
    if (!nodes.isEmpty()) {
      throw new UserError(
          ("Nodes of an older Tuodui still run (%s), and cannot work beside this one: their keys in"
                  + " Redis are of version %s, its own of %d.%nStop them first; the work goes on"
                  + " here.")
              .formatted(String.join(", ", nodes), found, VERSION));
    }
    // Of several nodes that start at once, one finds the old version.
    if (found.equals(redis.opsForValue().getAndSet(key, own))) {
      forget();
    }
    return this;
  }

  /** Those that count as alive, on Redis's clock: by one that runs ahead nobody would be. */
  private Set<String> nodes() {
    Long now =
        redis.execute(
            (RedisCallback<Long>)
                connection -> connection.serverCommands().time(TimeUnit.MILLISECONDS));
    Set<String> alive =
        redis.opsForZSet().rangeByScore(prefix + ":nodes", now, Double.POSITIVE_INFINITY);
    return alive == null ? Set.of() : alive;
  }

  private void forget() {
    Set<String> keys = redis.keys(prefix + ":*");
    // What became of an item, and the calls that the accounts made today, read the same in every
    // version; without the calls, an account would go over its day.
    Set<String> old =
        keys.stream()
            .filter(key -> !key.endsWith(":version") && !key.endsWith(":status"))
            .filter(key -> !key.contains(":{limits}:day:"))
            .collect(Collectors.toSet());
    old.forEach(redis::delete);
    LOG.info("Redis held the keys of an older version: the queue is filled again from the ledger");
  }
}
