package io.tuodui.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class FieldsTest {

  @ParameterizedTest(name = "{0} {1} → {2}")
  @CsvFileSource(resources = "/gateway/fields.csv", numLinesToSkip = 1, nullValues = "NONE")
  void reads(String kind, String json, String expected) {
    JsonNode field = node(json);
    Object read =
        switch (kind) {
          case "text" -> Fields.text(field);
          case "id" -> Fields.id(field);
          case "stock" -> Fields.stock(field);
          case "quantity" -> Fields.quantity(field);
          case "money" -> Fields.money(field);
          case "image" -> ImageUrls.of(field);
          case "date" -> PlatformDates.parse(Fields.text(field));
          default -> throw new IllegalArgumentException("No kind " + kind);
        };

    if (read instanceof Instant instant) {
      assertThat(instant).isEqualTo(Instant.parse(expected));
    } else {
      assertThat(Objects.toString(read, null)).isEqualTo(expected);
    }
  }

  private static JsonNode node(String json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (IOException broken) {
      throw new UncheckedIOException("No JSON: " + json, broken);
    }
  }
}
