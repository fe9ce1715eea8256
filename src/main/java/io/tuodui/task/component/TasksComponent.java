package io.tuodui.task.component;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tuodui.task.TaskQueue;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * The queue as a Camel component: {@code tasks:item-detail?batchSize=100&concurrentConsumers=8}
 * consumes batches of claimed tasks.
 */
public final class TasksComponent extends DefaultComponent {
  private final TaskQueue queue;
  private final ClaimPace pace;
  private final String node;
  private final Timer claims;

  /**
   * @param pace how many tasks it makes sense to claim now
   * @param node the name under which this process holds its leases
   */
  public TasksComponent(TaskQueue queue, ClaimPace pace, String node, MeterRegistry meters) {
    this.queue = queue;
    this.pace = pace;
    this.node = node;
    this.claims =
        Timer.builder("tuodui.claim")
            .description("Claims of batches from the queue")
            .register(meters);
  }

  @Override
  protected Endpoint createEndpoint(String uri, String source, Map<String, Object> parameters)
      throws Exception {
    if (!queue.source().equals(source)) {
      throw new IllegalArgumentException(
          "There is no queue of " + source + " tasks in " + uri + "; there is " + queue.source());
    }
    TasksEndpoint endpoint = new TasksEndpoint(uri, this);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  TaskQueue queue() {
    return queue;
  }

  ClaimPace pace() {
    return pace;
  }

  Timer claims() {
    return claims;
  }

  String node() {
    return node;
  }
}
