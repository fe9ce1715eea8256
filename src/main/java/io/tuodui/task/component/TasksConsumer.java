package io.tuodui.task.component;

import io.tuodui.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims batches and sends each through the route, a batch a thread: a thread claims its next batch
 * only when the last one is done. That is the back-pressure, and the bound of the memory.
 */
final class TasksConsumer extends DefaultConsumer implements Suspendable {
  private static final Logger LOG = LoggerFactory.getLogger(TasksConsumer.class);
  private static final long BUSY = Long.MIN_VALUE;
  private static final Duration IDLE = Duration.ofMillis(100);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final TasksEndpoint endpoint;
  private final TasksComponent component;
  private final LeaseKeeper leases;
  private final OutageLog outages = new OutageLog(LOG, "The queue in Redis");
  private ExecutorService threads;

  /**
   * While the queue has nothing due, when to ask it again, of {@link System#nanoTime()}: one thread
   * asks for all. {@link #BUSY} while there is work, which each thread claims for itself.
   */
  private final AtomicLong nextLookAt = new AtomicLong(BUSY);

  /** A moving average; threads may overwrite one another's, which does it no harm. */
  private volatile long workNanos;

  TasksConsumer(TasksEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.component = endpoint.getComponent();
    this.leases = new LeaseKeeper(component.queue(), endpoint.getLease());
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    leases.start();
    threads =
        getEndpoint()
            .getCamelContext()
            .getExecutorServiceManager()
            .newFixedThreadPool(this, endpoint.getEndpointUri(), endpoint.getConcurrentConsumers());
    for (int i = 0; i < endpoint.getConcurrentConsumers(); i++) {
      threads.execute(this::consume);
    }
  }

  @Override
  protected void doStop() throws Exception {
    if (threads != null) {
      getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(threads);
    }
    leases.stop();
    super.doStop();
  }

  private void consume() {
    try {
      while (isRunAllowed()) {
        Duration pause = isSuspendingOrSuspended() ? IDLE : collectOneBatch();
        if (!pause.isZero()) {
          TimeUnit.MILLISECONDS.sleep(Math.min(pause.toMillis(), LONGEST_PAUSE.toMillis()));
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns how long to wait before the next claim. */
  private Duration collectOneBatch() {
    long lookAt = nextLookAt.get();
    long now = System.nanoTime();
    if (lookAt != BUSY
        && (now < lookAt || !nextLookAt.compareAndSet(lookAt, now + IDLE.toNanos()))) {
      return IDLE;
    }
    List<Task> batch;
    try {
      int claimable =
          component
              .pace()
              .claimable(
                  endpoint.getBatchSize(),
                  endpoint.getConcurrentConsumers(),
                  Duration.ofNanos(workNanos));
      batch =
          claimable == 0
              ? List.of()
              : component
                  .claims()
                  .record(
                      () ->
                          component
                              .queue()
                              .claim(claimable, endpoint.getLease(), component.node()));
      outages.answered();
    } catch (RuntimeException outage) {
      outages.failed(outage);
      return AFTER_FAILURE;
    }
    if (batch.isEmpty()) {
      nextLookAt.set(now + IDLE.toNanos());
      return IDLE;
    }
    nextLookAt.set(BUSY);
    return send(batch);
  }

  private Duration send(List<Task> batch) {
    Exchange exchange = createExchange(false);
    long claimedAt = System.nanoTime();
    LongAccumulator longestWait = new LongAccumulator(Math::max, 0);
    exchange.setProperty(TasksEndpoint.LONGEST_WAIT, longestWait);
    leases.hold(batch);
    try {
      exchange.getMessage().setBody(batch);
      getProcessor().process(exchange);
      if (exchange.getException() != null) {
        // The batch is still leased: it goes back to the queue when the lease ends, or now.
        if (isEnding()) {
          leases.giveBack(batch);
        }
        getExceptionHandler()
            .handleException(
                "A batch of " + batch.size() + " tasks failed and will be tried again",
                exchange,
                exchange.getException());
        return AFTER_FAILURE;
      }
      return exchange.getProperty(TasksEndpoint.PAUSE, Duration.ZERO, Duration.class);
    } catch (Exception unexpected) {
      getExceptionHandler().handleException("A batch could not be sent", exchange, unexpected);
      return AFTER_FAILURE;
    } finally {
      leases.letGo(batch);
      long worked = System.nanoTime() - claimedAt - longestWait.get();
      workNanos = (3 * workNanos + worked) / 4;
      releaseExchange(exchange, false);
    }
  }

  /** While a stop waits for what is in flight, the consumer is suspended; then it is stopped. */
  private boolean isEnding() {
    return isSuspendingOrSuspended() || !isRunAllowed();
  }
}
