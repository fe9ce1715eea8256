package io.tuodui.node;

import io.tuodui.redis.LuaScript;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * The nodes that are alive, by their heartbeats, on Redis's clock: the sorted set {@code
 * tuodui:nodes}. A node counts as alive for a third of a lease after its last heartbeat, and sends
 * five in that time. Those that claim tasks say so in another set, in the same way.
 */
public final class NodeRegistry implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeRegistry.class);
  private static final LuaScript HEARTBEAT = LuaScript.named("node-heartbeat");
  private static final int BEATS_WHILE_ALIVE = 5;

  /** What the script answers before the names. */
  private static final int NOT_NAMES = 2;

  private final StringRedisTemplate redis;
  private final String key;
  private final String name;
  private final Duration aliveFor;
  private final Duration patience;
  private final SharedClock clock;
  private ScheduledExecutorService timer;
  private volatile Set<String> alive = Set.of();
  private long steadySince = System.nanoTime();
  private boolean missed;

  /**
   * @param name of this node; unique to this process
   * @param prefix what the key starts with
   * @param lease how long a claimed task is its node's own
   * @param clock set by each heartbeat
   */
  public NodeRegistry(
      StringRedisTemplate redis, String prefix, String name, Duration lease, SharedClock clock) {
    this.redis = redis;
    this.key = prefix + ":nodes";
    this.name = name;
    this.aliveFor = lease.dividedBy(3);
    this.patience = lease.dividedBy(2);
    this.clock = clock;
  }

  /** The name of this node. */
  public String name() {
    return name;
  }

  /** Begins to send heartbeats. */
  public synchronized void start() {
    timer =
        Executors.newSingleThreadScheduledExecutor(
            run -> {
              Thread thread = new Thread(run, "heartbeat");
              thread.setDaemon(true);
              return thread;
            });
    long interval = aliveFor.toMillis() / BEATS_WHILE_ALIVE;
    timer.scheduleAtFixedRate(this::beatOrMiss, 0, Math.max(1, interval), TimeUnit.MILLISECONDS);
  }

  private void beatOrMiss() {
    try {
      beat();
    } catch (DataAccessException away) {
      LOG.debug("No heartbeat: {}", away.toString());
    }
  }

  /**
   * Sends a heartbeat.
   *
   * @throws DataAccessException when Redis is away
   */
  synchronized void beat() {
    long asked = System.nanoTime();
    List<String> answer;
    try {
      answer = send(key, aliveFor);
    } catch (DataAccessException away) {
      missed = true;
      throw away;
    }
    clock.heard(Long.parseLong(answer.get(0)), asked, System.nanoTime());
    long sinceLast = Long.parseLong(answer.get(1));
    if (missed || sinceLast < 0 || sinceLast > aliveFor.toMillis()) {
      steadySince = System.nanoTime();
      missed = false;
    }
    alive = Set.copyOf(answer.subList(NOT_NAMES, answer.size()));
  }

  private List<String> send(String list, Duration time) {
    return HEARTBEAT.run(redis, List.of(list), List.of(name, Long.toString(time.toMillis())));
  }

  /**
   * The nodes that are alive. Empty when this node cannot tell: in the first half of a lease after
   * its start, or after it or Redis was away, because then the others may not have been heard of
   * again yet, nor have renewed their leases.
   *
   * @throws DataAccessException when Redis is away
   */
  public synchronized Optional<Set<String>> alive() {
    beat();
    return System.nanoTime() - steadySince >= patience.toNanos()
        ? Optional.of(alive)
        : Optional.empty();
  }

  /** Whether no other node was alive at the last heartbeat. Asks nobody, and never waits. */
  public boolean isAlone() {
    return alive.size() <= 1;
  }

  /**
   * Says that this node claims tasks now, and counts the nodes that said so lately: not one whose
   * collecting is suspended, though it is alive.
   *
   * @return at least 1
   * @throws DataAccessException when Redis is away
   */
  public int collecting() {
    return send(key + ":collecting", aliveFor).size() - NOT_NAMES;
  }

  /** Signs off, so that nobody waits for this node. */
  @Override
  public synchronized void close() {
    if (timer != null) {
      timer.shutdownNow();
      try {
        send(key, Duration.ZERO);
        send(key + ":collecting", Duration.ZERO);
      } catch (RuntimeException away) {
        LOG.debug("Not signed off: {}", away.toString());
      }
    }
  }
}
