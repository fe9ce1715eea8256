package io.tuodui.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the replies of the {@code item-get} dialect come to: errors are Taobao TOP's {@code
 * error_response} (protocol section 4.2); anything else is read as the 1688 gateway's, whose front
 * answers on this path as well.
 */
final class ItemGetReplies {

  private static final Pattern BAN = Pattern.compile("(?<!\\d)(\\d{1,7}) more seconds?");
  private static final String DAY_QUOTA = "limited-by-app-access-count";

  private ItemGetReplies() {}

  static Verdict judge(long itemId, int httpStatus, JsonNode root) {
    JsonNode error = root.path("error_response");
    return error.isObject()
        ? ofError(error, httpStatus)
        : AopReplies.judge(itemId, httpStatus, unwrapped(root));
  }

  private static Verdict ofError(JsonNode error, int httpStatus) {
    String code = Fields.firstText(error, "code");
    String subCode = Fields.firstText(error, "sub_code");
    String message = Fields.firstText(error, "msg", "zh_desc", "en_desc");
    String subMessage = Fields.firstText(error, "sub_msg");
    String words =
        Stream.of(message, subCode, subMessage)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("; "));

    ReplyClass replyClass = bySubCode(subCode);
    if (replyClass == null) {
      replyClass = byCode(code);
    }
    if (replyClass == null && subCode != null) {
      replyClass = byKindOf(subCode);
    }
    if (replyClass == null) {
      replyClass = ReplyReader.classOf(httpStatus);
    }
    if (replyClass == null && code == null) {
      replyClass = BusinessWords.classOf(words);
    }
    // An unknown code: as in AopReplies, the class that loses neither the task nor the account
    replyClass = replyClass == null ? ReplyClass.UPSTREAM : replyClass;
    boolean limited = replyClass == ReplyClass.THROTTLED || replyClass == ReplyClass.QUOTA;
    return new Verdict(
        replyClass,
        AopEnvelope.cut(code),
        words.isEmpty() ? "error_response without a message" : AopEnvelope.cut(words),
        limited ? ban(words) : null,
        null);
  }

  /** The sub-codes that say more than the code above them. */
  private static ReplyClass bySubCode(String subCode) {
    if (subCode == null) {
      return null;
    }
    if (subCode.startsWith("isv.item-not-exist") || subCode.startsWith("isv.item-is-delete")) {
      return ReplyClass.GONE;
    }
    if (subCode.startsWith("isp.")) {
      return ReplyClass.UPSTREAM;
    }
    return subCode.contains(DAY_QUOTA) ? ReplyClass.QUOTA : null;
  }

  /**
   * The official table (articleId=102707), and the token code of JD's gateway, which speaks alike;
   * {@code null} for what they do not say.
   */
  private static ReplyClass byCode(String code) {
    if (code == null) {
      return null;
    }
    return switch (code) {
      case "4", "5", "6", "7", "8" -> ReplyClass.THROTTLED;
      case "10" -> ReplyClass.UPSTREAM;
      case "11", "12" -> ReplyClass.FORBIDDEN;
      case "19", "26", "27" -> ReplyClass.AUTH;
      // HTTP method, API method, format, signature, app key, timestamp, version: ours to mend
      case "9", "21", "22", "23", "24", "25", "28", "29", "30", "31", "32", "33", "34" ->
          ReplyClass.MISCONFIGURED;
      case "40", "41" -> ReplyClass.INVALID;
      default -> null;
    };
  }

  /** {@code isv.*} blames the caller, so the same call cannot succeed later. */
  private static ReplyClass byKindOf(String subCode) {
    if (subCode.startsWith("isv.permission")) {
      return ReplyClass.FORBIDDEN;
    }
    return subCode.startsWith("isv.") ? ReplyClass.INVALID : null;
  }

  /** "This ban will last for N more seconds", counted from the reply. */
  private static Duration ban(String words) {
    Matcher matcher = BAN.matcher(words);
    return matcher.find() ? Duration.ofSeconds(Long.parseLong(matcher.group(1))) : null;
  }

  /** TOP puts a result into {@code {method_with_underscores}_response}; the article does not. */
  private static JsonNode unwrapped(JsonNode root) {
    if (root.size() == 1 && root.isObject()) {
      String only = root.fieldNames().next();
      return only.endsWith("_response") ? root.get(only) : root;
    }
    return root;
  }
}
