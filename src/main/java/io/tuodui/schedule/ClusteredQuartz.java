package io.tuodui.schedule;

import io.tuodui.node.NodeRegistry;
import io.tuodui.operation.UpkeepFailures;
import java.util.Properties;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.listeners.SchedulerListenerSupport;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.quartz.QuartzProperties;
import org.springframework.boot.autoconfigure.quartz.SchedulerFactoryBeanCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/**
 * The Quartz of the routes {@code quartz:…}, in which all nodes on the same MySQL take turns: each
 * firing is one node's. A node that is killed in its turn is found out by the others within some 15
 * seconds.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "spring.quartz.job-store-type", havingValue = "jdbc")
class ClusteredQuartz {

  @Bean
  SchedulerFactoryBeanCustomizer clustered(
      QuartzProperties settings, NodeRegistry nodes, UpkeepFailures failures) {
    Properties all = new Properties();
    all.put("org.quartz.scheduler.instanceId", nodes.name());
    // How soon a node looks again whether another has left a turn.
    all.put("org.quartz.scheduler.idleWaitTime", "5000");
    all.put("org.quartz.jobStore.class", MySqlJobStore.class.getName());
    all.put("org.quartz.jobStore.isClustered", "true");
    all.put("org.quartz.jobStore.useProperties", "true");
    // A node that has not checked in for this time and 7.5 s more counts as dead.
    all.put("org.quartz.jobStore.clusterCheckinInterval", "3000");
    // Between two tries while MySQL is away.
    all.put("org.quartz.jobStore.dbRetryInterval", "3000");
    all.put("org.quartz.threadPool.threadCount", "4");
    all.putAll(settings.getProperties());
    return factory -> {
      factory.setQuartzProperties(all);
      factory.setSchedulerListeners(new Outages(failures));
    };
  }

  /** A node that stops takes no more turns: its routes stop first, and would pass them over. */
  @Bean
  Resting restingBeforeTheEnd(Scheduler scheduler) {
    return new Resting(scheduler);
  }

  record Resting(Scheduler scheduler) {
    @EventListener
    void stop(ContextClosedEvent closing) throws SchedulerException {
      scheduler.standby();
    }
  }

  /** Quartz itself would say, with a stack trace and every few seconds, that MySQL is away. */
  private static final class Outages extends SchedulerListenerSupport {
    private final UpkeepFailures failures;

    private Outages(UpkeepFailures failures) {
      this.failures = failures;
    }

    @Override
    public void schedulerError(String message, SchedulerException cause) {
      failures.tell("quartz", cause);
    }
  }
}
