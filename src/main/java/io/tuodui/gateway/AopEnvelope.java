package io.tuodui.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the wrappers around an item say. The platform has four families of them (protocol section
 * 3.1: V1, A, A', B), with several names for the same field (4.1), so they are read by what is
 * there and not by which family it should be.
 *
 * @param item the node of the item, or {@code null}
 * @param code the innermost code that does not mean success, or {@code null}
 * @param message the innermost message that does not mean success, or {@code null}
 * @param refused whether a level said {@code success: false}
 * @param shape the field names that were met, for the message about an unknown shape
 */
record AopEnvelope(JsonNode item, String code, String message, boolean refused, String shape) {

  private static final int DEEPEST = 4;
  private static final int LONGEST_MESSAGE = 300;
  private static final int MOST_FIELDS = 12;

  private static final String[] CODE = {
    "error_code", "errorCode", "errCode", "retCode", "resultCode", "code"
  };
  private static final String[] MESSAGE = {
    "error_message",
    "errorMessage",
    "errorMsg",
    "errMsg",
    "error_msg",
    "retMsg",
    "message",
    "msg",
    "exception"
  };
  private static final String[] INNER = {"productInfo", "item", "result", "data"};

  private static final Set<String> GOOD_CODES =
      Set.of("200", "0", "s000", "s0000", "success", "ok");
  private static final Set<String> GOOD_MESSAGES = Set.of("成功", "操作成功", "success", "ok");

  static AopEnvelope of(JsonNode root) {
    String code = null;
    String message = null;
    boolean refused = false;
    List<String> fields = new ArrayList<>();
    JsonNode node = root;
    for (int depth = 0; depth < DEEPEST && node.isObject(); depth++) {
      if (depth > 0 && !Fields.first(node, ItemReader.ID).isMissingNode()) {
        return new AopEnvelope(node, cut(code), cut(message), refused, "");
      }
      refused |= saysNo(Fields.first(node, "success", "isSuccess"));
      code = bad(node, CODE, GOOD_CODES, code);
      message = bad(node, MESSAGE, GOOD_MESSAGES, message);
      node.fieldNames().forEachRemaining(fields::add);
      node = onlyElement(Fields.first(node, INNER));
    }
    return new AopEnvelope(null, cut(code), cut(message), refused, describe(root, fields));
  }

  /** Whether the reply gives any reason for having no item. */
  boolean givesReason() {
    return refused || code != null || message != null;
  }

  private static boolean saysNo(JsonNode success) {
    return success.isBoolean()
        ? !success.booleanValue()
        : success.isTextual() && "false".equalsIgnoreCase(success.textValue());
  }

  /** The first of these fields that is not empty and does not mean success. */
  private static String bad(JsonNode node, String[] names, Set<String> good, String otherwise) {
    for (String name : names) {
      String text = Fields.firstText(node, name);
      if (text != null && !good.contains(text.toLowerCase(Locale.ROOT))) {
        return text;
      }
    }
    return otherwise;
  }

  private static JsonNode onlyElement(JsonNode node) {
    return node.isArray() && node.size() == 1 ? node.get(0) : node;
  }

  /** Keeps a page of text out of the ledger. */
  static String cut(String message) {
    if (message == null || message.length() <= LONGEST_MESSAGE) {
      return message;
    }
    int end = LONGEST_MESSAGE;
    return message.substring(0, Character.isHighSurrogate(message.charAt(end - 1)) ? end - 1 : end)
        + "…";
  }

  private static String describe(JsonNode root, List<String> fields) {
    if (!root.isObject()) {
      return "JSON " + root.getNodeType().name().toLowerCase(Locale.ROOT);
    }
    if (fields.isEmpty()) {
      return "no fields";
    }
    List<String> shown = fields.subList(0, Math.min(MOST_FIELDS, fields.size()));
    return cut("fields " + String.join(", ", shown) + (shown.size() < fields.size() ? ", …" : ""));
  }
}
