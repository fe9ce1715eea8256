package io.tuodui.job;

import io.tuodui.config.TuoduiProperties;
import io.tuodui.node.NodeRegistry;
import io.tuodui.store.Columns;
import io.tuodui.task.LostLeases;
import io.tuodui.task.Task;
import io.tuodui.task.TaskQueue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The steps of the route {@code sweep-leases}. The ledger learns first which leases are lost, so
 * that their holders, should they wake up, cannot move its rows any more; only then may others have
 * the tasks.
 */
@Component
public final class LeaseSweep {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseSweep.class);

  private final LostLeases leases;
  private final NodeRegistry nodes;
  private final Clock clock;
  private final Duration silence;

  LeaseSweep(TaskQueue queue, NodeRegistry nodes, Clock clock, TuoduiProperties properties) {
    this.leases = queue.lostLeases();
    this.nodes = nodes;
    this.clock = clock;
    this.silence = properties.collect().lease().dividedBy(2);
  }

  /**
   * Takes the leases away that ran out, and those of nodes that neither sent a heartbeat of late
   * nor extended their leases for half their length. None while this node cannot tell who is alive:
   * after Redis was away, whoever held a task is given the time to renew its lease, since a task
   * that is taken from it is called for twice.
   */
  public List<Task> revoke() {
    Instant goneUntil = clock.instant().plus(silence);
    return nodes.alive().map(alive -> leases.revoke(alive, goneUntil)).orElse(List.of());
  }

  /** Item, source and lost token, in the order in which {@code sql/raise-fence.sql} names them. */
  public List<List<Object>> fences(@Body List<Task> revoked) {
    return revoked.stream()
        .map(task -> Columns.row(task.itemId(), task.source(), task.token()))
        .toList();
  }

  /** Makes them due again. */
  public void free(@ExchangeProperty("revoked") List<Task> revoked) {
    Optional<Set<String>> alive = nodes.alive();
    long swept = leases.sweep(revoked, alive);
    if (swept > 0) {
      LOG.warn("{} tasks whose lease ran out, or whose node is gone, are due again", swept);
    }
  }
}
