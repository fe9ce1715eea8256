package io.tuodui.config;

import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Stops the start when a route is missing: Camel itself starts healthy and empty when the folder of
 * routes is wrong.
 */
@Component
class RoutesCheck implements CamelContextConfiguration {
  private static final Set<String> FOR_NODES_THAT_STAY =
      Set.of("fire-schedules", "retry-dead-letters");

  private final TuoduiProperties properties;
  private final boolean stays;

  RoutesCheck(
      TuoduiProperties properties, @Value("${spring.quartz.job-store-type}") String jobStore) {
    this.properties = properties;
    this.stays = jobStore.equals("jdbc");
  }

  @Override
  public void beforeApplicationStart(CamelContext context) {
    List<String> present =
        ((ModelCamelContext) context)
            .getRouteDefinitions().stream().map(RouteDefinition::getRouteId).toList();
    List<String> missing =
        TuoduiConfiguration.routeIds().stream()
            .filter(id -> !present.contains(id))
            // The routes' own preconditions
            .filter(id -> properties.inbox().enabled() || !id.equals("intake-file"))
            .filter(id -> stays || !FOR_NODES_THAT_STAY.contains(id))
            .filter(id -> !properties.schedules().isEmpty() || !id.equals("fire-schedules"))
            .toList();
    if (!missing.isEmpty()) {
      throw new UserError(
          "The routes in "
              + properties.routes()
              + " lack "
              + String.join(", ", missing)
              + ".\nCheck tuodui.routes, or put the missing files back: the packaged ones are"
              + " classpath:routes/*.camel.yaml.");
    }
  }

  @Override
  public void afterApplicationStart(CamelContext context) {
    // An error here would be logged and ignored, with the routes running.
  }
}
