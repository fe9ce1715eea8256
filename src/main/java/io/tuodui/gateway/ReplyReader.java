package io.tuodui.gateway;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;
import java.util.function.Function;

/** Parses the bytes of a reply, once, and classifies those that are no JSON. */
final class ReplyReader {

  private ReplyReader() {}

  /**
   * @param judge what a body that is JSON comes to
   */
  static Verdict read(int httpStatus, byte[] body, Function<JsonNode, Verdict> judge) {
    int start = body == null ? 0 : firstByteOfContent(body);
    if (body == null || start == body.length) {
      String size = body == null ? "0" : Integer.toString(body.length);
      return unreadable(
          httpStatus, "empty-body", "empty body: " + size + " bytes, HTTP " + httpStatus);
    }
    if (body[start] == '<') {
      return markup(httpStatus, body.length);
    }
    JsonNode root;
    try {
      root = Json.MAPPER.readTree(body);
    } catch (IOException broken) {
      return unreadable(httpStatus, "unreadable-json", describe(broken, body.length));
    }
    try {
      return judge.apply(root);
    } catch (RuntimeException unforeseen) {
      // The promise never to throw covers shapes nobody has thought of: one such reply must not
      // take down the batch it came in.
      return Verdict.malformed(Verdict.UNKNOWN_SHAPE, "unknown shape: " + unforeseen);
    }
  }

  /** What an HTTP status says by itself; {@code null} for a 2xx, which says nothing. */
  static ReplyClass classOf(int httpStatus) {
    if (httpStatus >= 200 && httpStatus < 300) {
      return null;
    }
    return switch (httpStatus) {
      case 401 -> ReplyClass.AUTH;
      case 429 -> ReplyClass.THROTTLED;
      // Also 403 and other 4xx: without a code of the gateway's own they come from what stands in
      // front of it (protocol section 4.1), and resting an account or a task for good on that word
      // would be worse than trying again.
      default -> ReplyClass.UPSTREAM;
    };
  }

  /** A page of the edge instead of the gateway's answer, whatever the status. */
  private static Verdict markup(int httpStatus, int length) {
    return Verdict.of(
        httpStatus == 429 ? ReplyClass.THROTTLED : ReplyClass.UPSTREAM,
        null,
        "HTML instead of JSON: " + length + " bytes, HTTP " + httpStatus);
  }

  private static Verdict unreadable(int httpStatus, String code, String message) {
    ReplyClass byStatus = classOf(httpStatus);
    return byStatus == null
        ? Verdict.malformed(code, message)
        : Verdict.of(byStatus, null, message);
  }

  /** Says where the JSON broke, and nothing of what stood there: a reply may be anyone's data. */
  private static String describe(IOException broken, int length) {
    if (broken instanceof StreamConstraintsException) {
      return "unreadable JSON: nested too deeply or with too long a value, in " + length + " bytes";
    }
    JsonLocation where = broken instanceof JacksonException json ? json.getLocation() : null;
    if (broken instanceof JsonEOFException || where == null || where.getByteOffset() < 0) {
      return "unreadable JSON: cut off after " + length + " bytes";
    }
    // What is JSON by its grammar, and still not to be read: see Json
    String what =
        broken instanceof MismatchedInputException
            ? "a key twice, or more after its end,"
            : "broken";
    return "unreadable JSON: "
        + what
        + " at byte "
        + where.getByteOffset()
        + " of "
        + length
        + " (line "
        + where.getLineNr()
        + ", column "
        + where.getColumnNr()
        + ")";
  }

  private static int firstByteOfContent(byte[] body) {
    int at = 0;
    if (body.length >= 3
        && body[0] == (byte) 0xEF
        && body[1] == (byte) 0xBB
        && body[2] == (byte) 0xBF) {
      at = 3;
    }
    while (at < body.length && body[at] >= 0 && body[at] <= ' ') {
      at++;
    }
    return at;
  }
}
