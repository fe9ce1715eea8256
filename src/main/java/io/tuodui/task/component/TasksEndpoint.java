package io.tuodui.task.component;

import java.time.Duration;
import java.util.concurrent.atomic.LongAccumulator;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One consumer of batches of tasks; the options of the {@code tasks:} address. */
public final class TasksEndpoint extends DefaultEndpoint {
  /**
   * The property that the route sets to a {@link Duration} when claiming more at once would be in
   * vain.
   */
  public static final String PAUSE = "TasksPause";

  /**
   * The property in which the route accumulates, as a {@link LongAccumulator} of the most
   * nanoseconds, how long each task waited for its turn: no time in which the batch is worked on.
   */
  public static final String LONGEST_WAIT = "TasksLongestWait";

  private int batchSize = 100;
  private int concurrentConsumers = 8;
  private Duration lease = Duration.ofSeconds(30);

  TasksEndpoint(String uri, TasksComponent component) {
    super(uri, component);
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    TasksConsumer consumer = new TasksConsumer(this, processor);
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException(
        "Tasks enter the queue through a job; nothing can be sent to " + getEndpointUri());
  }

  @Override
  public TasksComponent getComponent() {
    return (TasksComponent) super.getComponent();
  }

  public int getBatchSize() {
    return batchSize;
  }

  /** The most tasks claimed at a time. */
  public void setBatchSize(int batchSize) {
    this.batchSize = batchSize;
  }

  public int getConcurrentConsumers() {
    return concurrentConsumers;
  }

  /** How many batches are in flight at once: each consumer has one, and waits until it is done. */
  public void setConcurrentConsumers(int concurrentConsumers) {
    this.concurrentConsumers = concurrentConsumers;
  }

  public Duration getLease() {
    return lease;
  }

  /** How long a claimed task belongs to this node without an extension. */
  public void setLease(Duration lease) {
    this.lease = lease;
  }
}
