package io.tuodui.schedule;

import io.tuodui.node.NodeRegistry;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;

/**
 * The Quartz of the routes {@code node-quartz:…}, in memory: their turns are every node's own. What
 * brings a dead node's work back must depend neither on which node is alive nor on the nodes'
 * clocks agreeing, as turns in MySQL do.
 */
@Component
class NodeQuartz implements CamelContextConfiguration {
  /** How many routes there are: one that takes minutes must not keep the others waiting. */
  private static final String ROUTES = "5";

  private final NodeRegistry nodes;

  NodeQuartz(NodeRegistry nodes) {
    this.nodes = nodes;
  }

  @Override
  public void beforeApplicationStart(CamelContext context) {
    QuartzComponent quartz = new QuartzComponent();
    quartz.setAutowiredEnabled(false);
    quartz.setPrefixInstanceName(false);
    quartz.setEnableJmx(false);
    quartz.setProperties(
        Map.of(
            "org.quartz.scheduler.instanceName",
            "node-" + nodes.name(),
            "org.quartz.threadPool.class",
            "org.quartz.simpl.SimpleThreadPool",
            "org.quartz.threadPool.threadCount",
            ROUTES));
    context.addComponent("node-quartz", quartz);
  }

  @Override
  public void afterApplicationStart(CamelContext context) {
    // The routes start it.
  }
}
