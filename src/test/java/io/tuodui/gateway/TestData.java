package io.tuodui.gateway;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Reads the data files of the tests of this package. */
final class TestData {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private TestData() {}

  /** The cases of a table in {@code src/test/resources/gateway}. */
  static <T> List<T> cases(String file, Class<T> type) {
    JavaType list = MAPPER.getTypeFactory().constructCollectionType(List.class, type);
    try {
      return MAPPER.readValue(bytes("/gateway/" + file), list);
    } catch (IOException broken) {
      throw new UncheckedIOException("The table " + file + " cannot be read", broken);
    }
  }

  /** A file of the test resources, by its path from their root. */
  static byte[] bytes(String path) {
    try (InputStream in = TestData.class.getResourceAsStream(path)) {
      return in.readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException("The file " + path + " cannot be read", broken);
    }
  }
}
