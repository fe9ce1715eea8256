package io.tuodui.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Documents, single values, and the lists of values that are an index's keys, as BSON in a file.
 */
final class BsonDataType extends BasicDataType<Object> {
  static final BsonDataType INSTANCE = new BsonDataType();

  private static final byte DOCUMENT = 0;
  private static final byte KEY = 1;
  private static final byte VALUE = 2;

  // Keys are text, and a page is full of them: as BSON they would take most of the time
  private static final byte TEXT = 3;
  private static final byte TEXT_KEY = 4;

  @Override
  public Object[] createStorage(int size) {
    return new Object[size];
  }

  @Override
  public void write(WriteBuffer buffer, Object object) {
    byte kind = kind(object);
    byte[] bytes =
        switch (kind) {
          case TEXT -> ((String) object).getBytes(UTF_8);
          case TEXT_KEY -> ((String) ((KeyValue) object).get(0)).getBytes(UTF_8);
          default -> encoded(object);
        };
    buffer.put(kind).putVarInt(bytes.length).put(bytes);
  }

  @Override
  public Object read(ByteBuffer buffer) {
    byte kind = buffer.get();
    byte[] bytes = new byte[DataUtils.readVarInt(buffer)];
    buffer.get(bytes);
    return switch (kind) {
      case DOCUMENT -> decoded(bytes);
      case KEY -> new KeyValue(decoded(bytes).values());
      case TEXT -> new String(bytes, UTF_8);
      case TEXT_KEY -> new KeyValue(new String(bytes, UTF_8));
      default -> decoded(bytes).get("value");
    };
  }

  private static byte kind(Object object) {
    if (object instanceof KeyValue key) {
      return key.size() == 1 && key.get(0) instanceof String ? TEXT_KEY : KEY;
    }
    return object instanceof Document ? DOCUMENT : object instanceof String ? TEXT : VALUE;
  }

  private static Document decoded(byte[] bytes) {
    return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bytes));
  }

  private static byte[] encoded(Object object) {
    ByteBuf buffer = Unpooled.buffer(256);
    BsonEncoder.encodeDocument(asDocument(object), buffer);
    byte[] bytes = new byte[buffer.readableBytes()];
    buffer.readBytes(bytes);
    return bytes;
  }

  private static Document asDocument(Object object) {
    if (object instanceof Document document) {
      return document;
    }
    Document document = new Document();
    if (object instanceof KeyValue key) {
      for (int i = 0; i < key.size(); i++) {
        document.put(Integer.toString(i), key.get(i));
      }
    } else {
      document.put("value", object);
    }
    return document;
  }

  /**
   * A total order: by type, then by value; only the kinds of key that are common need to be fast.
   */
  @Override
  public int compare(Object left, Object right) {
    if (left instanceof KeyValue leftKey && right instanceof KeyValue rightKey) {
      for (int i = 0; i < Math.min(leftKey.size(), rightKey.size()); i++) {
        int order = compareValues(leftKey.get(i), rightKey.get(i));
        if (order != 0) {
          return order;
        }
      }
      return Integer.compare(leftKey.size(), rightKey.size());
    }
    return compareValues(left, right);
  }

  private static int compareValues(Object left, Object right) {
    if (left instanceof String leftText && right instanceof String rightText) {
      return leftText.compareTo(rightText);
    }
    int byType = typeName(left).compareTo(typeName(right));
    return byType != 0 ? byType : Arrays.compareUnsigned(encoded(left), encoded(right));
  }

  private static String typeName(Object value) {
    return value == null ? "" : value.getClass().getName();
  }

  /** Roughly; it decides how many documents share a page and how many pages stay in memory. */
  @Override
  public int getMemory(Object object) {
    if (object instanceof String text) {
      return 40 + text.length();
    }
    int memory = 32;
    if (object instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        memory += 48 + getMemory(entry.getValue());
      }
    } else if (object instanceof Collection<?> list) {
      for (Object element : list) {
        memory += 8 + getMemory(element);
      }
    } else if (object instanceof KeyValue key) {
      for (Object element : key) {
        memory += 8 + getMemory(element);
      }
    }
    return memory;
  }
}
