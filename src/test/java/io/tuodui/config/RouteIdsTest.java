package io.tuodui.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The start misses a route only when it knows of it. */
class RouteIdsTest {

  @Test
  void theStartLooksForEveryRouteThatIsShipped() throws IOException {
    List<String> shipped = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("routes"))) {
      for (Path file : files.sorted().toList()) {
        for (JsonNode entry : new YAMLMapper().readTree(file.toFile())) {
          if (entry.has("route")) {
            shipped.add(entry.at("/route/id").asText());
          }
        }
      }
    }
    assertThat(TuoduiConfiguration.routeIds()).containsExactlyElementsOf(shipped);
  }
}
