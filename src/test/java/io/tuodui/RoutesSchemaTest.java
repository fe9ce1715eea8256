package io.tuodui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The route files: valid by Camel's own schema, and written as this repository writes them. */
class RoutesSchemaTest {
  private static final Path FOLDER = Path.of("routes");
  private static final String ERROR_POLICY = "90-error-policy.camel.yaml";
  private static final int LONGEST_FILE = 100;

  /** Everything that may stand at the top of a file. */
  private static final Set<String> CANONICAL = Set.of("route", "routeConfiguration", "beans");

  /** What Camel also takes as a bare text; written out, editors can show and change it. */
  private static final Set<String> NEVER_BARE =
      Set.of("to", "toD", "log", "setBody", "setHeader", "setProperty", "simple", "constant");

  private static final Set<String> REDELIVERY =
      Set.of("redeliveryPolicy", "redeliveryPolicyRef", "maximumRedeliveries", "onException");

  private static JsonSchema schema;

  @BeforeAll
  static void readSchema() throws IOException {
    try (InputStream json =
        RoutesSchemaTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
      schema =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
              .getSchema(new ObjectMapper().readTree(json));
    }
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> sorted = files.sorted().toList();
      assertThat(sorted).as("route files").isNotEmpty();
      return sorted;
    }
  }

  private static JsonNode tree(Path file) throws IOException {
    return new YAMLMapper().readTree(file.toFile());
  }

  @ParameterizedTest
  @MethodSource("files")
  void isValidByCamelsOwnSchema(Path file) throws IOException {
    assertThat(schema.validate(tree(file)))
        .extracting(ValidationMessage::getMessage)
        .as(file.toString())
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void isInCanonicalForm(Path file) throws IOException {
    assertThat(file.getFileName().toString()).matches("\\d\\d-[a-z-]+\\.camel\\.yaml");
    for (JsonNode entry : tree(file)) {
      assertThat(entry.size()).isEqualTo(1);
      assertThat(CANONICAL).contains(entry.fieldNames().next());
    }
    List<String> bare = new ArrayList<>();
    visit(
        tree(file),
        (key, value) -> {
          if (NEVER_BARE.contains(key) && !value.isObject()) {
            bare.add(key + ": " + value);
          }
        });
    assertThat(bare).as("steps and expressions in short form").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyRouteSaysWhoItIsAndWhatItIsFor(Path file) throws IOException {
    for (JsonNode entry : tree(file)) {
      if (entry.has("beans")) {
        continue;
      }
      JsonNode definition = entry.elements().next();
      assertThat(definition.path("id").asText()).as("id").matches("[a-z][a-z-]*");
      assertThat(definition.path("description").asText())
          .as("description of " + definition.path("id").asText())
          .hasSizeGreaterThan(10);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void isShortEnoughToBeReadAtOnce(Path file) throws IOException {
    if (!file.endsWith(ERROR_POLICY)) { // the one table of all errors, to be read as a table
      assertThat(Files.readAllLines(file)).as(file + ", lines").hasSizeLessThan(LONGEST_FILE + 1);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void leavesRedeliveryToTheErrorPolicy(Path file) throws IOException {
    List<String> found = new ArrayList<>();
    visit(
        tree(file),
        (key, value) -> {
          if (REDELIVERY.contains(key)) {
            found.add(key);
          }
        });
    if (file.endsWith(ERROR_POLICY)) {
      assertThat(found).contains("redeliveryPolicy", "maximumRedeliveries", "onException");
    } else {
      assertThat(found).as(file.toString()).isEmpty();
    }
  }

  /** A route without an error handler of its own would be given Camel's default, unseen. */
  @ParameterizedTest
  @MethodSource("files")
  void everyRouteNamesItsErrorHandling(Path file) throws IOException {
    for (JsonNode entry : tree(file)) {
      JsonNode route = entry.path("route");
      if (!route.isMissingNode()) {
        boolean callersBusiness = route.path("errorHandler").has("noErrorHandler");
        assertThat(route.has("routeConfigurationId"))
            .as(route.path("id") + " names a configuration, or leaves errors to its caller")
            .isEqualTo(!callersBusiness);
      }
    }
  }

  /** Node ids, too, are names in metrics, in Hawtio, and of circuit breakers. */
  @Test
  void idsAreUniqueOverAllFiles() throws IOException {
    Map<String, Integer> uses = new HashMap<>();
    for (Path file : files()) {
      visit(
          tree(file),
          (key, value) -> {
            if (key.equals("id")) {
              uses.merge(value.asText(), 1, Integer::sum);
            }
          });
    }
    uses.values().removeIf(count -> count == 1);
    assertThat(uses).isEmpty();
  }

  private static void visit(JsonNode node, BiConsumer<String, JsonNode> visitor) {
    node.properties().forEach(field -> visitor.accept(field.getKey(), field.getValue()));
    node.forEach(child -> visit(child, visitor));
  }
}
