package io.tuodui.task;

import io.tuodui.redis.LuaScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * What a holder may do with its leased tasks. Each script hears only the current token and answers
 * with the positions of the tasks it refused.
 */
final class HeldTasks {

  private static final LuaScript EXTEND = LuaScript.named("task-extend");
  private static final LuaScript ACKNOWLEDGE = LuaScript.named("task-turn", "task-acknowledge");
  private static final LuaScript RETURN = LuaScript.named("task-turn", "task-return");

  private final String source;
  private final QueueKeys keys;
  private final StringRedisTemplate redis;

  HeldTasks(String source, QueueKeys keys, StringRedisTemplate redis) {
    this.source = source;
    this.keys = keys;
    this.redis = redis;
  }

  List<Task> extend(Collection<Task> tasks, Duration lease) {
    return refusedBy(EXTEND, millis(lease), tasks, HeldTasks::idAndToken);
  }

  List<Task> acknowledge(Collection<Task> tasks, TaskStatus end) {
    return refusedBy(ACKNOWLEDGE, end.word(), tasks, HeldTasks::idAndToken);
  }

  List<Task> putBack(String why, Map<Task, Duration> delays) {
    return refusedBy(
        RETURN,
        why,
        delays.keySet(),
        task -> {
          List<String> args = new ArrayList<>(idAndToken(task));
          args.add(millis(delays.get(task)));
          return args;
        });
  }

  private List<Task> refusedBy(
      LuaScript script, String first, Collection<Task> tasks, Function<Task, List<String>> args) {
    for (Task task : tasks) {
      if (!task.source().equals(source)) {
        throw new IllegalArgumentException("the queue of " + source + " was handed " + task);
      }
    }
    return keys
        .chunks(
            tasks,
            Task::itemId,
            (shard, chunk) -> {
              List<String> all = new ArrayList<>(List.of(first));
              chunk.forEach(task -> all.addAll(args.apply(task)));
              return script.run(redis, shard, all).stream()
                  .map(position -> chunk.get(Integer.parseInt(position) - 1))
                  .toList();
            })
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> idAndToken(Task task) {
    return List.of(Long.toString(task.itemId()), Long.toString(task.token()));
  }

  static String millis(Duration time) {
    return Long.toString(Math.max(0, time.toMillis()));
  }
}
