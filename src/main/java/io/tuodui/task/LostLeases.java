package io.tuodui.task;

import io.tuodui.redis.LuaScript;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * The leases of a queue whose holders did not end their tasks. Every method throws {@link
 * org.springframework.dao.DataAccessException} when Redis is away; asking again does no harm.
 */
public final class LostLeases {
  private static final LuaScript REVOKE = LuaScript.named("task-revoke");
  private static final LuaScript SWEEP = LuaScript.named("task-turn", "task-sweep");

  private final String source;
  private final QueueKeys keys;
  private final StringRedisTemplate redis;

  LostLeases(String source, QueueKeys keys, StringRedisTemplate redis) {
    this.source = source;
    this.keys = keys;
    this.redis = redis;
  }

  /**
   * Takes away the leases that ran out: their node died, hung, or lost its way to Redis. Of nodes
   * that are gone, also those that are about to. The tasks stay where they are until {@link
   * #sweep}, so that the ledger can learn of it in between.
   *
   * @param alive the nodes that are not gone
   * @param goneUntil a lease of a node that is gone is taken away if it ends before this time, of
   *     Redis: half a lease after the nodes were asked for, since every node extends its leases
   *     sooner than that
   * @return with the tokens that were taken away; at most 1,000 of each shard, and more when it is
   *     asked again after the sweep
   */
  public List<Task> revoke(Set<String> alive, Instant goneUntil) {
    List<String> args =
        List.of(
            Integer.toString(QueueKeys.CHUNK),
            between(alive),
            Long.toString(goneUntil.toEpochMilli()));
    List<Task> revoked = new ArrayList<>();
    keys.all()
        .forEach(
            shard -> {
              List<String> answer = REVOKE.run(redis, shard, args);
              for (int i = 0; i < answer.size(); i += 2) {
                long itemId = Long.parseLong(answer.get(i));
                revoked.add(new Task(source, itemId, Long.parseLong(answer.get(i + 1)), 0));
              }
            });
    return revoked;
  }

  /**
   * Makes tasks due again whose lease was taken away, at once and without an attempt more.
   *
   * @param revoked as {@link #revoke} gave them
   * @param alive the nodes that are alive: a holder that is none of them died of the task, maybe;
   *     empty when that is not known, and then no death is counted
   * @return how many became due
   */
  public long sweep(Collection<Task> revoked, Optional<Set<String>> alive) {
    String nodes = alive.map(LostLeases::between).orElse("unknown");
    return keys
        .chunks(
            revoked,
            Task::itemId,
            (shard, tasks) -> {
              List<String> args = new ArrayList<>(List.of(nodes));
              for (Task task : tasks) {
                args.add(Long.toString(task.itemId()));
                args.add(Long.toString(task.token()));
              }
              return Long.parseLong(SWEEP.run(redis, shard, args).get(0));
            })
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static String between(Set<String> nodes) {
    return " " + String.join(" ", nodes) + " ";
  }
}
