package io.tuodui.simulator;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes one field of a JSON body twice: with {@code null} and with its value, in either order. A
 * reader that takes the first or the last it meets loses the value in one of the two.
 */
final class DuplicatedKeys {
  private static final JsonFactory FACTORY = new JsonFactory();

  private DuplicatedKeys() {}

  /**
   * @param variation any number, to choose the field and the order
   * @return the body as it is if it has no field with a value
   */
  static byte[] in(byte[] body, long variation) {
    try {
      int fields = copy(body, -1, false, new ByteArrayOutputStream());
      if (fields == 0) {
        return body;
      }
      ByteArrayOutputStream changed = new ByteArrayOutputStream(body.length + 64);
      copy(body, Dice.below(fields, variation), Dice.mix(variation) < 0, changed);
      return changed.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * @param chosen the field to write twice, counted from 0 among those that have a scalar value
   * @return how many of these there are
   */
  private static int copy(byte[] body, int chosen, boolean nullFirst, ByteArrayOutputStream out)
      throws IOException {
    int met = 0;
    try (JsonParser from = FACTORY.createParser(body);
        JsonGenerator to = FACTORY.createGenerator(out, JsonEncoding.UTF8)) {
      while (from.nextToken() != null) {
        boolean value =
            from.currentToken().isScalarValue() && from.currentToken() != JsonToken.VALUE_NULL;
        if (value && from.getParsingContext().inObject() && met++ == chosen) {
          twice(from, to, nullFirst);
        } else {
          to.copyCurrentEvent(from);
        }
      }
    }
    return met;
  }

  /** The name of the field has been written already. */
  private static void twice(JsonParser from, JsonGenerator to, boolean nullFirst)
      throws IOException {
    if (nullFirst) {
      to.writeNull();
      to.writeFieldName(from.currentName());
      to.copyCurrentEvent(from);
    } else {
      to.copyCurrentEvent(from);
      to.writeNullField(from.currentName());
    }
  }
}
