package io.tuodui.simulator;

import java.util.Arrays;

/**
 * Writes JSON straight into UTF-8 bytes: no tree and no second copy for the thousands of products a
 * second that the simulator makes up. Commas are set by what stands before. For one thread; {@link
 * #start()} lends each thread its own, so that only the result is allocated.
 */
final class Utf8Json {
  private static final ThreadLocal<Utf8Json> OF_THREAD = ThreadLocal.withInitial(Utf8Json::new);
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private byte[] bytes = new byte[16_384];
  private int size;

  /** This thread's writer, empty. */
  static Utf8Json start() {
    Utf8Json json = OF_THREAD.get();
    json.size = 0;
    return json;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  Utf8Json object() {
    separate();
    return raw('{');
  }

  Utf8Json object(String name) {
    return name(name).raw('{');
  }

  Utf8Json endObject() {
    return raw('}');
  }

  Utf8Json array(String name) {
    return name(name).raw('[');
  }

  Utf8Json endArray() {
    return raw(']');
  }

  Utf8Json field(String name, String value) {
    return value == null ? nothing(name) : name(name).quoted(value);
  }

  Utf8Json field(String name, long value) {
    name(name);
    number(value);
    return this;
  }

  Utf8Json field(String name, boolean value) {
    name(name);
    ascii(value ? "true" : "false");
    return this;
  }

  Utf8Json nothing(String name) {
    name(name);
    ascii("null");
    return this;
  }

  /** Yuan as a JSON number: 1390 fen is {@code 13.9}. */
  Utf8Json yuan(String name, long fen) {
    name(name);
    money(fen);
    return this;
  }

  /** Yuan as a JSON string: 1390 fen is {@code "13.9"}. */
  Utf8Json yuanText(String name, long fen) {
    name(name).raw('"');
    money(fen);
    return raw('"');
  }

  Utf8Json numberText(String name, long value) {
    name(name).raw('"');
    number(value);
    return raw('"');
  }

  /** An element of an array, or a whole document that is one string. */
  Utf8Json element(String value) {
    separate();
    return quoted(value);
  }

  Utf8Json element(long value) {
    separate();
    number(value);
    return this;
  }

  /** 32 lower-case hexadecimal digits in quotes: the platform's {@code specId}. */
  Utf8Json hash(String name, long high, long low) {
    name(name).raw('"');
    hex(high);
    hex(low);
    return raw('"');
  }

  private Utf8Json name(String name) {
    separate();
    raw('"');
    ascii(name);
    raw('"');
    return raw(':');
  }

  private void separate() {
    byte last = size == 0 ? (byte) '{' : bytes[size - 1];
    if (last != '{' && last != '[' && last != ':') {
      raw(',');
    }
  }

  private Utf8Json quoted(String value) {
    room(value.length() * 6 + 2);
    bytes[size++] = '"';
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x20 || c == '"' || c == '\\') {
        escape(c);
      } else if (c < 0x80) {
        bytes[size++] = (byte) c;
      } else {
        wide(c);
      }
    }
    bytes[size++] = '"';
    return this;
  }

  private void escape(char c) {
    bytes[size++] = '\\';
    if (c == '\n') {
      bytes[size++] = 'n';
    } else if (c < 0x20) {
      ascii("u00");
      bytes[size++] = HEX[c >> 4];
      bytes[size++] = HEX[c & 15];
    } else {
      bytes[size++] = (byte) c;
    }
  }

  // Half of a surrogate pair is written as an escape: valid JSON whatever the caller sent
  private void wide(char c) {
    if (Character.isSurrogate(c)) {
      ascii("\\u");
      for (int shift = 12; shift >= 0; shift -= 4) {
        bytes[size++] = HEX[(c >> shift) & 15];
      }
    } else if (c < 0x800) {
      bytes[size++] = (byte) (0xC0 | c >> 6);
      bytes[size++] = (byte) (0x80 | c & 0x3F);
    } else {
      bytes[size++] = (byte) (0xE0 | c >> 12);
      bytes[size++] = (byte) (0x80 | c >> 6 & 0x3F);
      bytes[size++] = (byte) (0x80 | c & 0x3F);
    }
  }

  private void money(long fen) {
    number(fen / 100);
    raw('.');
    long rest = fen % 100;
    raw((char) ('0' + rest / 10));
    if (rest % 10 != 0) {
      raw((char) ('0' + rest % 10));
    }
  }

  private void number(long value) {
    if (value < 0) {
      ascii(Long.toString(value));
      return;
    }
    int digits = 1;
    for (long left = value / 10; left > 0; left /= 10) {
      digits++;
    }
    room(digits);
    long left = value;
    for (int at = size + digits - 1; at >= size; at--) {
      bytes[at] = (byte) ('0' + left % 10);
      left /= 10;
    }
    size += digits;
  }

  private void hex(long value) {
    room(16);
    for (int shift = 60; shift >= 0; shift -= 4) {
      bytes[size++] = HEX[(int) (value >>> shift) & 15];
    }
  }

  private void ascii(String text) {
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
  }

  private Utf8Json raw(char c) {
    room(1);
    bytes[size++] = (byte) c;
    return this;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
