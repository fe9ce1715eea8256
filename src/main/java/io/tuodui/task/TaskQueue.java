package io.tuodui.task;

import io.tuodui.redis.LuaScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * The dispatch index of one source: which tasks are due, and who holds the others. It lives in
 * Redis, on Redis's clock, and may be lost: the ledger can fill it again.
 *
 * <p>A task is due, or leased, or neither (ended or unknown), never two of them. Its shard is its
 * item id modulo the number of shards, which a person can work out by hand. All nodes must use the
 * same number; changing it means filling the queue anew from the ledger.
 *
 * <p>Every method throws {@link DataAccessException} when Redis is away. What was asked may then
 * have been done, in whole or for some of the tasks. Asking again does no harm: enqueueing is
 * idempotent, and a task that was already given up is then among those refused.
 */
public final class TaskQueue {

  private static final LuaScript ENQUEUE = LuaScript.named("task-turn", "task-enqueue");
  private static final LuaScript CLAIM = LuaScript.named("task-turn", "task-claim");
  private static final LuaScript COUNT = LuaScript.named("task-turn", "task-count");
  private static final LuaScript LOOK = LuaScript.named("task-turn", "task-look");

  private final String source;
  private final QueueKeys keys;
  private final StringRedisTemplate redis;
  private final HeldTasks held;

  /** Where the next claim starts looking; random at first, so that nodes do not move in step. */
  private final AtomicInteger rotation = new AtomicInteger(ThreadLocalRandom.current().nextInt());

  /**
   * A queue; makes no call to Redis.
   *
   * @param source the kind of data its tasks collect: lower-case letters, digits and hyphens
   * @param shards over how many hash slots it is spread, at least 1
   * @param prefix what its keys start with; {@code tuodui} if nothing speaks for another
   * @param redis standalone or cluster
   * @throws IllegalArgumentException if the source, shards or prefix cannot be used
   */
  public TaskQueue(String source, int shards, String prefix, StringRedisTemplate redis) {
    this.source = source;
    this.keys = new QueueKeys(prefix, source, shards);
    this.redis = redis;
    this.held = new HeldTasks(source, keys, redis);
  }

  /** The kind of data this queue's tasks collect. */
  public String source() {
    return source;
  }

  /**
   * Makes items of a job due, with no attempts counted. One that is due already, now or later,
   * stays so, and goes with the more urgent of the jobs that want it; one that is leased will
   * become due when its holder ends it.
   *
   * @param itemIds any number of them
   * @return how many are newly due
   */
  public long enqueue(Share share, Collection<Long> itemIds) {
    return enqueue("again", share, itemIds);
  }

  /**
   * Makes sure of items that a job waits for: one that is neither due nor leased becomes due, with
   * no attempts counted; the others stay so.
   *
   * @param itemIds any number of them
   * @return how many were missing
   */
  public long putBack(Share share, Collection<Long> itemIds) {
    return enqueue("leave", share, itemIds);
  }

  /** As {@link #putBack(Share, Collection)}, for several jobs. */
  public long putBack(Map<Share, List<Long>> itemIds) {
    return itemIds.entrySet().stream()
        .mapToLong(each -> putBack(each.getKey(), each.getValue()))
        .sum();
  }

  /**
   * Has items wait with a job, whichever they waited with before.
   *
   * @param itemIds any number of them
   */
  public void move(Share share, Collection<Long> itemIds) {
    enqueue("move", share, itemIds);
  }

  /**
   * Forgets how far behind the last id of a job is, so that the next comes beside the first of the
   * other jobs: for one whose ids left the queue, or are about to be moved.
   */
  public void startAnew(Share share) {
    keys.all().forEach(shard -> redis.opsForZSet().remove(QueueKeys.turns(shard), share.flow()));
  }

  private long enqueue(String how, Share share, Collection<Long> itemIds) {
    return keys
        .chunks(
            itemIds,
            Long::longValue,
            (shard, ids) -> {
              List<String> args = new ArrayList<>(ids.size() + 2);
              args.add(how);
              args.add(share.flow());
              ids.forEach(id -> args.add(id.toString()));
              return number(ENQUEUE.run(redis, shard, args));
            })
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /**
   * Takes tasks that are due, those of each shard in the order of their turns. Looks at each shard
   * once at most, from one that changes with every call, and stops when it has enough. Tasks
   * already taken when Redis goes away are returned.
   *
   * @param max how many at most; at most 1,000 come from one shard
   * @param lease for how long they are this node's, from now; afterwards {@link LostLeases#sweep}
   *     frees them
   * @param node the node's name, kept beside the token for whoever looks
   * @return the tasks; empty if none is due, and then the caller should wait before asking again
   */
  public List<Task> claim(int max, Duration lease, String node) {
    List<Task> claimed = new ArrayList<>();
    int start = rotation.getAndIncrement();
    for (int i = 0; i < keys.shards() && claimed.size() < max; i++) {
      int wanted = Math.min(QueueKeys.CHUNK, max - claimed.size());
      List<String> args = List.of(Integer.toString(wanted), HeldTasks.millis(lease), node);
      try {
        add(claimed, CLAIM.run(redis, keys.ofItem((long) start + i), args));
      } catch (DataAccessException e) {
        if (claimed.isEmpty()) {
          throw e;
        }
        return claimed;
      }
    }
    return claimed;
  }

  private void add(List<Task> claimed, List<String> answer) {
    for (int i = 0; i < answer.size(); i += 4) {
      long itemId = Long.parseLong(answer.get(i));
      long token = Long.parseLong(answer.get(i + 1));
      int attempts = Integer.parseInt(answer.get(i + 2));
      int deaths = Integer.parseInt(answer.get(i + 3));
      claimed.add(new Task(source, itemId, token, attempts, deaths));
    }
  }

  /**
   * Lengthens leases, to end the given time from now.
   *
   * @return the tasks that are still held; the others' leases are lost
   */
  public List<Task> extend(Collection<Task> tasks, Duration lease) {
    Set<Task> lost = Set.copyOf(held.extend(tasks, lease));
    return tasks.stream().filter(task -> !lost.contains(task)).toList();
  }

  /**
   * Ends tasks. One whose item was enqueued meanwhile becomes due at once instead.
   *
   * @param end succeeded, gone, dead or paused
   * @return those refused, because their lease is lost: somebody else has them now
   * @throws IllegalArgumentException if a task cannot end so
   */
  public List<Task> acknowledge(Collection<Task> tasks, TaskStatus end) {
    if (!end.isEnd()) {
      throw new IllegalArgumentException(
          "a task ends as succeeded, gone, dead or paused, not as " + end.word());
    }
    return held.acknowledge(tasks, end);
  }

  /**
   * Puts tasks back after a failed attempt, which is counted; their status is failed.
   *
   * @param delays each task and after how long it is due again; below zero is now
   * @return those refused, because their lease is lost
   */
  public List<Task> retryLater(Map<Task, Duration> delays) {
    return held.putBack("failed", delays);
  }

  /**
   * Puts tasks back whose calls were refused for their accounts' sake: no attempt is counted, and
   * each takes another turn, so that what is always refused does not stand before all others.
   *
   * @return those refused, because their lease is lost
   */
  public List<Task> requeue(Collection<Task> tasks) {
    return held.putBack(
        "refused", tasks.stream().collect(Collectors.toMap(task -> task, task -> Duration.ZERO)));
  }

  /**
   * Puts tasks back for which no call was made: no attempt is counted, and they keep their turn.
   *
   * @param delays each task and after how long it is due again; below zero is now
   * @return those refused, because their lease is lost
   */
  public List<Task> release(Map<Task, Duration> delays) {
    return held.putBack("unused", delays);
  }

  /** Counts the tasks over all shards, one round trip each. */
  public QueueCounts counts() {
    return keys.all()
        .map(shard -> COUNT.run(redis, shard, List.of()).stream().map(Long::valueOf).toList())
        .map(count -> new QueueCounts(count.get(0), count.get(1), count.get(2)))
        .reduce(new QueueCounts(0, 0, 0), QueueCounts::plus);
  }

  /** The leases whose holders did not end their tasks. */
  public LostLeases lostLeases() {
    return new LostLeases(source, keys, redis);
  }

  /** The queue as those see it who compare it with the ledger. */
  public QueueReview review() {
    return new QueueReview(keys, redis);
  }

  /** How an item's task stands; empty if this queue never heard of it. */
  public Optional<TaskStatus> status(long itemId) {
    String key = keys.status(itemId);
    return Optional.ofNullable(redis.<String, String>opsForHash().get(key, Long.toString(itemId)))
        .map(TaskStatus::of);
  }

  /** Where an item's task stands: due when, held by whom and until when. */
  public TaskPlace place(long itemId) {
    return TaskPlace.of(LOOK.run(redis, keys.ofItem(itemId), List.of(Long.toString(itemId))));
  }

  private static long number(List<String> result) {
    return Long.parseLong(result.get(0));
  }
}
