package io.tuodui.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import org.bson.BsonBinaryWriter;
import org.bson.RawBsonDocument;
import org.bson.io.BasicOutputBuffer;
import org.bson.types.Decimal128;

/**
 * Turns a JSON object into BSON as it reads, without a tree in between. Numbers keep their value:
 * an integer becomes an int32, int64 or Decimal128, anything with a point a Decimal128.
 */
final class JsonToBson {
  private static final JsonFactory JSON = new JsonFactory();

  /** MongoDB takes 100 levels; the reply lies a few deep in what is written. */
  private static final int DEEPEST = 90;

  /**
   * MongoDB takes 16 MiB, with what is written around the reply. Less JSON can be more BSON: each
   * element of an array carries its index as a text.
   */
  private static final int LARGEST = 15 * 1024 * 1024;

  private JsonToBson() {}

  /**
   * @throws IOException when the bytes are not one JSON object, or MongoDB would not take it: too
   *     deep, or too large as BSON
   * @throws RuntimeException when BSON cannot hold it, as with a NUL in a key
   */
  static RawBsonDocument document(byte[] json) throws IOException {
    try (JsonParser parser = JSON.createParser(json);
        BasicOutputBuffer buffer = new BasicOutputBuffer(json.length + 256);
        BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object");
      }
      writer.writeStartDocument();
      int depth = 1;
      while (depth > 0) {
        JsonToken token = parser.nextToken();
        if (token == null) {
          throw new IOException("ends early");
        }
        depth += write(token, parser, writer);
        if (depth > DEEPEST || buffer.getPosition() > LARGEST) {
          throw new IOException("too deep or too large for MongoDB");
        }
      }
      return new RawBsonDocument(buffer.getInternalBuffer(), 0, buffer.getPosition());
    }
  }

  private static int write(JsonToken token, JsonParser parser, BsonBinaryWriter writer)
      throws IOException {
    switch (token) {
      case START_OBJECT -> writer.writeStartDocument();
      case START_ARRAY -> writer.writeStartArray();
      case END_OBJECT -> writer.writeEndDocument();
      case END_ARRAY -> writer.writeEndArray();
      case FIELD_NAME -> writer.writeName(parser.currentName());
      case VALUE_STRING -> writer.writeString(parser.getText());
      case VALUE_NUMBER_INT -> writeInteger(parser, writer);
      case VALUE_NUMBER_FLOAT -> writer.writeDecimal128(decimal(parser.getDecimalValue()));
      case VALUE_TRUE -> writer.writeBoolean(true);
      case VALUE_FALSE -> writer.writeBoolean(false);
      default -> writer.writeNull();
    }
    return token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
  }

  private static void writeInteger(JsonParser parser, BsonBinaryWriter writer) throws IOException {
    switch (parser.getNumberType()) {
      case INT -> writer.writeInt32(parser.getIntValue());
      case LONG -> writer.writeInt64(parser.getLongValue());
      default -> writer.writeDecimal128(decimal(parser.getDecimalValue()));
    }
  }

  private static Decimal128 decimal(BigDecimal value) {
    return new Decimal128(value.round(MathContext.DECIMAL128));
  }
}
