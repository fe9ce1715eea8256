package io.tuodui.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdTextTest {

  private static final Pattern UNICODE_ESCAPE = Pattern.compile("\\\\u(\\p{XDigit}{4})");

  static Stream<Arguments> entries() throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/intake/entries.tsv")).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t"))
        .map(cells -> Arguments.of(unescaped(cells[0]), cells[1]));
  }

  private static String unescaped(String text) {
    return UNICODE_ESCAPE
        .matcher(text)
        .replaceAll(escape -> Character.toString(Integer.parseInt(escape.group(1), 16)));
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @MethodSource("entries")
  void isAnIdOrHasAProblem(String text, String expected) {
    IdText.Result result = IdText.parse(IdText.trim(text));
    String actual = result.problem() == null ? Long.toString(result.id()) : result.problem().name();
    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void aHundredThousandIdsOnOneLineAreToldApartFromOne() {
    assertThat(IdText.parse(IdText.trim("610947572360,".repeat(100_000))).problem())
        .isEqualTo(Problem.SEVERAL);
  }
}
