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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Extends the leases of the batches in flight, three times in the length of a lease. */
final class LeaseKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

  private final TaskQueue queue;
  private final Duration lease;
  private final Set<Held> held = ConcurrentHashMap.newKeySet();
  private final OutageLog outages = new OutageLog(LOG, "The queue in Redis");
  private ScheduledExecutorService timer;

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
    long interval = lease.toMillis() / 3;
    timer.scheduleAtFixedRate(this::extendAll, interval, interval, TimeUnit.MILLISECONDS);
  }

  /** Also after a start that failed before this was started. */
  void stop() {
    if (timer != null) {
      timer.shutdownNow();
    }
  }

  void hold(List<Task> batch) {
    held.add(new Held(batch));
  }

  void letGo(List<Task> batch) {
    held.remove(new Held(batch));
  }

  private void extendAll() {
    try {
      for (Held each : held) {
        queue.extend(each.batch(), lease);
      }
      outages.over();
    } catch (RuntimeException outage) {
      outages.failed(outage);
    }
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
