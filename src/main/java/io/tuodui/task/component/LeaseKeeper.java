package io.tuodui.task.component;

import io.tuodui.task.Task;
import io.tuodui.task.TaskQueue;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Extends the leases of the batches in flight, three times in the length of a lease; sooner again
 * when that failed.
 */
final class LeaseKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

  /** Of the timer, in a third of a lease. */
  private static final int TURNS = 5;

  private final TaskQueue queue;
  private final Duration lease;
  private final Set<Held> held = ConcurrentHashMap.newKeySet();
  private final OutageLog outages = new OutageLog(LOG, "The queue in Redis");
  private ScheduledExecutorService timer;
  private int turnsToGo = TURNS;

  LeaseKeeper(TaskQueue queue, Duration lease) {
    this.queue = queue;
    this.lease = lease;
  }

  void start() {
    timer =
        Executors.newSingleThreadScheduledExecutor(
            run -> {
              Thread thread = new Thread(run, "lease-keeper");
              thread.setDaemon(true);
              return thread;
            });
    long interval = Math.max(1, lease.toMillis() / (3 * TURNS));
    timer.scheduleAtFixedRate(this::turn, interval, interval, TimeUnit.MILLISECONDS);
  }

  private void turn() {
    turnsToGo--;
    if (turnsToGo <= 0 && extendAll()) {
      turnsToGo = TURNS;
    }
  }

  /**
   * Gives back what is still held, by threads that did not come to their end in time. Also after a
   * start that failed before this was started.
   */
  void stop() {
    if (timer != null) {
      timer.shutdownNow();
    }
    held.forEach(each -> giveBack(each.batch()));
  }

  void hold(List<Task> batch) {
    held.add(new Held(batch));
  }

  void letGo(List<Task> batch) {
    held.remove(new Held(batch));
  }

  /**
   * Makes the tasks of a batch due at once which this node will not finish. If their leases ran out
   * instead, with this node gone, it would be taken to have died of them. Also by a thread that was
   * interrupted because it took too long to stop.
   */
  void giveBack(List<Task> batch) {
    boolean interrupted = Thread.interrupted();
    try {
      queue.release(batch.stream().collect(Collectors.toMap(task -> task, task -> Duration.ZERO)));
    } catch (RuntimeException away) {
      LOG.warn(
          "{} tasks could not be given back; they are due when their leases end: {}",
          batch.size(),
          away.toString());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Whether all could be extended: of a Redis Cluster, some shards may be out of reach while others
   * are not.
   */
  private boolean extendAll() {
    if (held.isEmpty()) {
      return true;
    }
    RuntimeException outage = null;
    for (Held each : held) {
      try {
        queue.extend(each.batch(), lease);
      } catch (RuntimeException away) {
        outage = away;
      }
    }
    if (outage == null) {
      outages.answered();
    } else {
      outages.failed(outage);
    }
    return outage == null;
  }

  /** A batch, told apart by identity: comparing tasks one by one would be work for nothing. */
  private record Held(List<Task> batch) {

    @Override
    public boolean equals(Object other) {
      return other instanceof Held held && held.batch == batch;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(batch);
    }
  }
}
