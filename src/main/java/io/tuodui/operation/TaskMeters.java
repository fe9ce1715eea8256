package io.tuodui.operation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tuodui.job.JobRepository;
import io.tuodui.node.NodeRegistry;
import io.tuodui.task.QueueCounts;
import io.tuodui.task.TaskQueue;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/**
 * Gauges of the queue, {@code tuodui.tasks} by state, of the dead letters, and of the nodes. Asked
 * of the stores at most once a second; not a number while they are away.
 */
@Component
class TaskMeters implements MeterBinder {
  private final Remembered<Optional<Set<String>>> nodes;
  private final Remembered<QueueCounts> counts;
  private final Remembered<Long> deadLetters;

  TaskMeters(TaskQueue queue, JobRepository jobs, NodeRegistry registry) {
    this.nodes = new Remembered<>(registry::alive);
    this.counts = new Remembered<>(queue::counts);
    this.deadLetters = new Remembered<>(jobs::deadLetters);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(registry, "due", counts, QueueCounts::due);
    gauge(registry, "waiting", counts, QueueCounts::waiting);
    gauge(registry, "leased", counts, QueueCounts::leased);
    gauge(registry, "dead", deadLetters, Long::doubleValue);
    Gauge.builder(
            "tuodui.nodes",
            nodes,
            remembered ->
                remembered.as(
                    alive -> alive.map(names -> (double) names.size()).orElse(Double.NaN)))
        .description("Nodes that are alive; not a number until this node can tell")
        .register(registry);
  }

  private static <T> void gauge(
      MeterRegistry registry, String state, Remembered<T> values, ToDoubleFunction<T> value) {
    Gauge.builder("tuodui.tasks", values, remembered -> remembered.as(value))
        .description("Tasks by state: due now, waiting for later, leased, dead")
        .tag("state", state)
        .register(registry);
  }
}
