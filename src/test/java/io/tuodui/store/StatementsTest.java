package io.tuodui.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every statement of {@code sql/} must observe. */
class StatementsTest {

  /** While a table grows faster than its statistics, the planner would read all of it for each. */
  @Test
  void everyJoinNamesItsIndex() throws IOException {
    List<String> joins;
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/sql"))) {
      joins =
          files
              .flatMap(StatementsTest::lines)
              .filter(line -> line.contains("JOIN ") && !line.startsWith("--"))
              .toList();
    }
    assertThat(joins)
        .hasSizeGreaterThan(5)
        .allMatch(line -> line.matches("(STRAIGHT_|LEFT )JOIN .* FORCE INDEX \\(.*"));
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
