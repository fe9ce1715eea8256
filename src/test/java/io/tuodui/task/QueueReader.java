package io.tuodui.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tuodui.task.Place.Where;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/** Reads a queue's keys as they are, and says where every item stands. */
final class QueueReader {

  /** The scores of what is due, now or later, hold the flow in their last five digits. */
  private static final long FLOWS = 100_000;

  /** All that a shard holds, by the order of its keys. */
  @SuppressWarnings("rawtypes") // there is no List<?>.class
  private static final RedisScript<List> READ =
      RedisScript.of(
          """
          return {
            redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES'),
            redis.call('ZRANGE', KEYS[2], 0, -1, 'WITHSCORES'),
            redis.call('HGETALL', KEYS[3]),
            redis.call('HGETALL', KEYS[4]),
            redis.call('HGETALL', KEYS[5]),
            {redis.call('GET', KEYS[6]) or '0'},
            redis.call('SMEMBERS', KEYS[7]),
            redis.call('ZRANGE', KEYS[9], 0, -1, 'WITHSCORES')
          }
          """,
          List.class);

  private final StringRedisTemplate redis;
  private final QueueKeys keys;
  private final int items;

  /** A reader of the items from 0 up to a number of them. */
  QueueReader(StringRedisTemplate redis, QueueKeys keys, int items) {
    this.redis = redis;
    this.keys = keys;
    this.items = items;
  }

  /** Redis's clock in ms, as the scripts read it. */
  long now() {
    return redis.execute((RedisCallback<Long>) connection -> connection.serverCommands().time());
  }

  /**
   * Where each item stands.
   *
   * @throws AssertionError if one is in two places, or the keys contradict each other
   */
  Map<Long, Place> read() {
    Map<Long, Place> places = new TreeMap<>();
    keys.all().forEach(shard -> read(shard, places));
    return places;
  }

  private void read(List<String> shard, Map<Long, Place> places) {
    List<?> all = redis.execute(READ, shard);
    Map<String, String> due = pairs(all.get(0));
    Map<String, String> leased = pairs(all.get(1));
    Map<String, String> leases = pairs(all.get(2));
    Map<String, String> status = pairs(all.get(3));
    Map<String, String> attempts = pairs(all.get(4));
    long counter = Long.parseLong(texts(all.get(5)).get(0));
    List<String> again = texts(all.get(6));
    Map<String, String> later = pairs(all.get(7));

    assertThat(Stream.of(due, later, leased).flatMap(each -> each.keySet().stream()))
        .as("due, due later or leased")
        .doesNotHaveDuplicates();
    assertThat(leases.keySet()).as("leases, hence leased").isEqualTo(leased.keySet());
    assertThat(leased.keySet()).as("submitted anew, hence leased").containsAll(again);
    Set<Long> tokens = new HashSet<>();
    leases.values().forEach(lease -> tokens.add(token(lease)));
    assertThat(tokens).as("a token for each lease").hasSameSizeAs(leases.keySet());
    assertThat(tokens).as("tokens given so far").allMatch(token -> token <= counter);

    LongStream.range(0, items)
        .filter(item -> keys.ofItem(item).equals(shard))
        .forEach(
            item -> {
              String id = Long.toString(item);
              long turn = Long.parseLong(due.getOrDefault(id, "0"));
              long wait = (long) Double.parseDouble(later.getOrDefault(id, "0"));
              Where where = where(due.containsKey(id), wait > 0, leased.containsKey(id));
              String lease = leases.getOrDefault(id, "0 nobody 0");
              long leaseFlow = Long.parseLong(lease.substring(lease.lastIndexOf(' ') + 1));
              int flow = (int) ((turn + wait) % FLOWS + leaseFlow);
              long at =
                  wait > 0 ? wait / FLOWS * 100 : Long.parseLong(leased.getOrDefault(id, "0"));
              long token = leases.containsKey(id) ? token(leases.get(id)) : 0;
              int tried = Integer.parseInt(attempts.getOrDefault(id, "0"));
              TaskStatus is = status.containsKey(id) ? TaskStatus.of(status.get(id)) : null;
              places.put(
                  item, new Place(where, at, at, turn, flow, token, tried, again.contains(id), is));
            });
  }

  private static Where where(boolean due, boolean later, boolean leased) {
    return due ? Where.DUE : later ? Where.LATER : leased ? Where.LEASED : Where.NOWHERE;
  }

  private static long token(String lease) {
    return Long.parseLong(lease.substring(0, lease.indexOf(' ')));
  }

  private static Map<String, String> pairs(Object list) {
    List<String> texts = texts(list);
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; i < texts.size(); i += 2) {
      pairs.put(texts.get(i), texts.get(i + 1));
    }
    return pairs;
  }

  private static List<String> texts(Object list) {
    return ((List<?>) list).stream().map(String::valueOf).toList();
  }
}
