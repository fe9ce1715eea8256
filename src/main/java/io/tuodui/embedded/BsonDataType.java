package io.tuodui.embedded;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
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

  @Override
  public Object[] createStorage(int size) {
    return new Object[size];
  }

  @Override
  public void write(WriteBuffer buffer, Object object) {
    byte[] bytes = encoded(object);
    buffer.put(kind(object)).putVarInt(bytes.length).put(bytes);
  }

  @Override
  public Object read(ByteBuffer buffer) {
    byte kind = buffer.get();
    byte[] bytes = new byte[DataUtils.readVarInt(buffer)];
    buffer.get(bytes);
    Document document = BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bytes));
    return switch (kind) {
      case DOCUMENT -> document;
      case KEY -> new KeyValue(document.values());
      default -> document.get("value");
    };
  }

  private static byte kind(Object object) {
    return object instanceof Document ? DOCUMENT : object instanceof KeyValue ? KEY : VALUE;
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
      return compare(values(leftKey), values(rightKey));
    }
    return compareValues(left, right);
  }

  private static int compare(List<Object> left, List<Object> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = compareValues(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static List<Object> values(KeyValue key) {
    List<Object> values = new ArrayList<>(key.size());
    key.forEach(values::add);
    return values;
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
