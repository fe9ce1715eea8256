package io.tuodui.task;

import io.tuodui.redis.LuaScript;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ZSetOperations.TypedTuple;

/**
 * A queue as those see it who compare it with the ledger. Every method throws {@link
 * org.springframework.dao.DataAccessException} when Redis is away; asking again does no harm.
 */
public final class QueueReview {
  private static final LuaScript ABSENT = LuaScript.named("task-absent");
  private static final LuaScript DROP = LuaScript.named("task-drop");
  private static final LuaScript FORGET = LuaScript.named("task-forget");

  private static final String FILLED = "filled";
  private static final ScanOptions IN_CHUNKS =
      ScanOptions.scanOptions().count(QueueKeys.CHUNK).build();

  private final QueueKeys keys;
  private final StringRedisTemplate redis;

  QueueReview(QueueKeys keys, StringRedisTemplate redis) {
    this.keys = keys;
    this.redis = redis;
  }

  /**
   * Whether every shard still holds what the last {@link #fill} put there: false once Redis lost a
   * shard, and before the first time.
   */
  public boolean isFilled() {
    return keys.all().allMatch(shard -> FILLED.equals(redis.opsForValue().get(keys.filled(shard))));
  }

  /**
   * Notes that the queue holds all that it should, once the filling is done. A shard that Redis
   * loses meanwhile does not count as filled.
   *
   * @param filling puts back whatever is missing
   */
  public void fill(Runnable filling) {
    keys.all().forEach(shard -> redis.opsForValue().set(keys.filled(shard), "filling"));
    filling.run();
    keys.all().forEach(shard -> redis.opsForValue().setIfPresent(keys.filled(shard), FILLED));
  }

  /** Those of the items that are neither due, now or later, nor leased. */
  public List<Long> absent(Collection<Long> itemIds) {
    return keys
        .chunks(
            itemIds, Long::longValue, (shard, ids) -> ABSENT.run(redis, shard, strings(ids, null)))
        .stream()
        .flatMap(List::stream)
        .map(Long::valueOf)
        .toList();
  }

  /** How many of the items are due, now or later. */
  public long countDue(Collection<Long> itemIds) {
    return keys
        .chunks(
            itemIds,
            Long::longValue,
            (shard, ids) -> {
              Object[] members = strings(ids, null).toArray();
              return Stream.of(QueueKeys.due(shard), QueueKeys.later(shard))
                  .flatMap(key -> redis.opsForZSet().score(key, members).stream())
                  .filter(Objects::nonNull)
                  .count();
            })
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /**
   * Hands over all items that are due, now or later, in chunks. One that comes or goes meanwhile
   * may be among them or not, and one may be handed over twice.
   *
   * @param consumer may use the queue
   */
  public void forEachDue(Consumer<List<Long>> consumer) {
    keys.all()
        .flatMap(shard -> Stream.of(QueueKeys.due(shard), QueueKeys.later(shard)))
        .forEach(
            key -> {
              try (Cursor<TypedTuple<String>> due = redis.opsForZSet().scan(key, IN_CHUNKS)) {
                inChunks(due.stream().map(TypedTuple::getValue), consumer);
              }
            });
  }

  /**
   * Hands over all items whose task ended, or is paused, in chunks; the same holds as for {@link
   * #forEachDue}.
   */
  public void forEachEnded(Consumer<List<Long>> consumer) {
    keys.all()
        .map(QueueKeys::status)
        .forEach(
            key -> {
              try (Cursor<Map.Entry<String, String>> statuses =
                  redis.<String, String>opsForHash().scan(key, IN_CHUNKS)) {
                inChunks(
                    statuses.stream()
                        .filter(status -> TaskStatus.of(status.getValue()).isEnd())
                        .map(Map.Entry::getKey),
                    consumer);
              }
            });
  }

  private static void inChunks(Stream<String> ids, Consumer<List<Long>> consumer) {
    List<Long> chunk = new ArrayList<>();
    ids.map(Long::valueOf)
        .forEach(
            id -> {
              chunk.add(id);
              if (chunk.size() == QueueKeys.CHUNK) {
                consumer.accept(List.copyOf(chunk));
                chunk.clear();
              }
            });
    if (!chunk.isEmpty()) {
      consumer.accept(chunk);
    }
  }

  /**
   * Forgets how the tasks of these items ended; one that is to be done, now or later, is kept.
   *
   * @return how many were forgotten
   */
  public long forget(Collection<Long> itemIds) {
    return keys
        .chunks(
            itemIds,
            Long::longValue,
            (shard, ids) -> Long.valueOf(FORGET.run(redis, shard, strings(ids, null)).get(0)))
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /**
   * Drops those of the items that are due, now or later; one that is leased is left to its holder.
   *
   * @param end how they ended: succeeded, gone or dead
   * @return how many were due
   */
  public long drop(Collection<Long> itemIds, TaskStatus end) {
    return keys
        .chunks(
            itemIds,
            Long::longValue,
            (shard, ids) -> Long.valueOf(DROP.run(redis, shard, strings(ids, end.word())).get(0)))
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static List<String> strings(List<Long> ids, String first) {
    List<String> all = new ArrayList<>(ids.size() + 1);
    if (first != null) {
      all.add(first);
    }
    ids.forEach(id -> all.add(id.toString()));
    return all;
  }
}
