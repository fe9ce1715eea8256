package io.tuodui.settle;

import io.tuodui.collect.Outcome;
import io.tuodui.config.TuoduiProperties;
import io.tuodui.node.NodeRegistry;
import io.tuodui.task.Task;
import io.tuodui.task.TaskQueue;
import io.tuodui.task.TaskStatus;
import io.tuodui.task.component.TasksEndpoint;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The steps that end a batch: decide, and tell the queue. */
@Component
public final class Settlements {
  private static final Logger LOG = LoggerFactory.getLogger(Settlements.class);

  private final RetryPolicy policy = new RetryPolicy(RandomGenerator.getDefault());
  private final TaskQueue queue;
  private final Duration lease;
  private final Clock clock;
  private final String node;

  Settlements(TaskQueue queue, TuoduiProperties properties, NodeRegistry nodes, Clock clock) {
    this.queue = queue;
    this.clock = clock;
    this.lease = properties.collect().lease();
    this.node = nodes.name();
  }

  /**
   * Renews the leases of a batch, and drops what became of the tasks whose lease is lost: this node
   * was away for too long, and they are another's by now.
   */
  public List<Outcome> stillHeld(@Body List<Outcome> outcomes) {
    List<Task> tasks = outcomes.stream().map(Outcome::task).toList();
    Set<Task> held = Set.copyOf(queue.extend(tasks, lease));
    if (held.size() == tasks.size()) {
      return outcomes;
    }
    LOG.warn(
        "{} tasks were taken from this node before it could store them",
        tasks.size() - held.size());
    return outcomes.stream().filter(outcome -> held.contains(outcome.task())).toList();
  }

  /** Decides what becomes of each outcome. */
  public Settlement decide(@Body List<Outcome> outcomes, Exchange exchange) {
    return new Settlement(
        outcomes, policy, new Records(node, exchange.getFromRouteId()), clock.instant());
  }

  /** Tells the queue what was decided, and the consumer when to claim again. */
  public void tellQueue(@Body Settlement settlement, Exchange exchange) {
    settlement.tell(queue);
    if (!settlement.getPause().isZero()) {
      exchange.setProperty(TasksEndpoint.PAUSE, settlement.getPause());
    }
  }

  /** The item ids of a claimed batch, as a JSON array. */
  public String itemIds(@Body List<Task> batch) {
    return batch.stream().map(Task::itemId).toList().toString();
  }

  /**
   * Drops the tasks that no job waits for now: a node died between the ledger and the queue, an id
   * was asked for again while it was in flight, or its job was paused or cancelled. Calling for
   * them would waste quota.
   *
   * @param explained rows of item_id and state, from the ledger
   * @return the tasks that are still wanted
   */
  public List<Task> dropExplained(
      @Body List<Task> batch, @Header("explained") List<Map<String, Object>> explained) {
    if (explained.isEmpty()) {
      return batch;
    }
    Map<Long, TaskStatus> states = new HashMap<>();
    for (Map<String, Object> row : explained) {
      states.put(
          ((Number) row.get("item_id")).longValue(),
          TaskStatus.ofLedger((String) row.get("state")));
    }
    List<Task> wanted = new ArrayList<>();
    Map<TaskStatus, List<Task>> done = new EnumMap<>(TaskStatus.class);
    for (Task task : batch) {
      TaskStatus state = states.get(task.itemId());
      (state == null ? wanted : done.computeIfAbsent(state, any -> new ArrayList<>())).add(task);
    }
    done.forEach((state, tasks) -> queue.acknowledge(tasks, state));
    // One line a batch: a large job that is paused would fill the log.
    LOG.debug("No job waits for {} tasks now; they are dropped without a call", explained.size());
    return wanted;
  }
}
