package io.tuodui.task;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The Redis keys of a source's queue. All keys of a shard carry the same hash tag, hence lie on the
 * same node of a Redis Cluster: {@code tuodui:{item-detail:3}:due}.
 */
final class QueueKeys {

  /** Ids or tasks per script call: a few milliseconds of Redis, not to hold up other nodes. */
  static final int CHUNK = 1_000;

  /** In the order in which the scripts take them. */
  private static final List<String> KINDS =
      List.of(
          "due",
          "leased",
          "lease",
          "status",
          "attempts",
          "token",
          "again",
          "deaths",
          "later",
          "turns");

  private static final int STATUS = KINDS.indexOf("status");
  private static final int LATER = KINDS.indexOf("later");
  private static final int TURNS = KINDS.indexOf("turns");
  private static final Pattern SOURCE = Pattern.compile("[a-z0-9][a-z0-9-]*");

  private final List<List<String>> keysOfShard;

  QueueKeys(String prefix, String source, int shards) {
    if (!SOURCE.matcher(source).matches()) {
      throw new IllegalArgumentException(
          "a source is named in lower-case letters, digits and hyphens, not '" + source + "'");
    }
    if (shards < 1) {
      throw new IllegalArgumentException("shards must be 1 or more, not " + shards);
    }
    if (prefix.contains("{") || prefix.contains("}")) {
      throw new IllegalArgumentException(
          "the key prefix must not contain braces, which Redis Cluster gives a meaning: " + prefix);
    }
    keysOfShard =
        IntStream.range(0, shards)
            .mapToObj(shard -> prefix + ":{" + source + ":" + shard + "}:")
            .map(start -> KINDS.stream().map(start::concat).toList())
            .toList();
  }

  int shards() {
    return keysOfShard.size();
  }

  /** The keys of the shard that an item belongs to. */
  List<String> ofItem(long itemId) {
    return keysOfShard.get(shardOf(itemId));
  }

  String status(long itemId) {
    return status(ofItem(itemId));
  }

  static String status(List<String> shard) {
    return shard.get(STATUS);
  }

  static String due(List<String> shard) {
    return shard.get(0);
  }

  static String later(List<String> shard) {
    return shard.get(LATER);
  }

  static String turns(List<String> shard) {
    return shard.get(TURNS);
  }

  /** Of a shard, by its other keys: whether it was filled since Redis last lost it. */
  String filled(List<String> shard) {
    return shard.get(0).replaceFirst(KINDS.get(0) + "$", "filled");
  }

  Stream<List<String>> all() {
    return keysOfShard.stream();
  }

  /**
   * Does something with many things, shard by shard and a chunk at a time, in their order.
   *
   * @return what each chunk came to
   */
  <T, R> List<R> chunks(
      Collection<T> things, ToLongFunction<T> itemId, BiFunction<List<String>, List<T>, R> work) {
    List<List<T>> chunks = all().<List<T>>map(shard -> new ArrayList<>()).toList();
    List<R> results = new ArrayList<>();
    for (T thing : things) {
      int shard = shardOf(itemId.applyAsLong(thing));
      List<T> chunk = chunks.get(shard);
      chunk.add(thing);
      if (chunk.size() == CHUNK) {
        results.add(work.apply(keysOfShard.get(shard), chunk));
        chunk.clear();
      }
    }
    for (int shard = 0; shard < chunks.size(); shard++) {
      if (!chunks.get(shard).isEmpty()) {
        results.add(work.apply(keysOfShard.get(shard), chunks.get(shard)));
      }
    }
    return results;
  }

  private int shardOf(long itemId) {
    return Math.floorMod(itemId, keysOfShard.size());
  }
}
