package io.tuodui.gateway;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.tuodui.item.Item;
import java.util.Locale;
import java.util.Map;

/**
 * What the replies of the 1688 gateway come to (protocol section 4.1).
 *
 * <p>A reply is judged by, in this order: its code; with a 2xx, its words; its HTTP status. A code
 * of the gateway's that is not in the table, and a business error in words nobody knows, are {@code
 * UPSTREAM}: that is tried again with back-off and ends as a dead letter with the platform's words,
 * while a wrong guess at {@code INVALID} or {@code GONE} would lose the task at once, and one at
 * {@code FORBIDDEN} or {@code MISCONFIGURED} would lose the account.
 */
final class AopReplies {

  /** By the code in lower case, without its {@code gw.}, which sibling gateways leave out. */
  private static final Map<String, ReplyClass> CODES =
      Map.ofEntries(
          entry("401", ReplyClass.AUTH),
          // A second's limit or the day's: only how long it goes on can tell (protocol section 5)
          entry("qosappfrequencylimit", ReplyClass.THROTTLED),
          entry("qosapifrequencylimit", ReplyClass.THROTTLED),
          entry("qosrequestlimit", ReplyClass.THROTTLED),
          entry("nousagelefterror", ReplyClass.QUOTA),
          entry("appkeymissing", ReplyClass.MISCONFIGURED),
          entry("appkeynotfound", ReplyClass.MISCONFIGURED),
          entry("apiunsupported", ReplyClass.MISCONFIGURED),
          entry("signaturemissing", ReplyClass.MISCONFIGURED),
          entry("signatureinvalid", ReplyClass.MISCONFIGURED),
          entry("apiacldecline", ReplyClass.FORBIDDEN),
          entry("parammissing", ReplyClass.INVALID));

  private AopReplies() {}

  static Verdict judge(long itemId, int httpStatus, JsonNode root) {
    AopEnvelope reply = AopEnvelope.of(root);
    ReplyClass byCode = classOf(reply.code());
    ReplyClass byStatus = ReplyReader.classOf(httpStatus);
    if (reply.item() != null && !reply.refused() && byCode == null && byStatus == null) {
      return ofItem(itemId, reply.item());
    }
    ReplyClass replyClass = byCode;
    if (replyClass == null && byStatus == null && !isGatewayCode(reply.code())) {
      replyClass = BusinessWords.classOf(reply.message());
      if (replyClass == ReplyClass.FORBIDDEN) {
        return ofOneItem(reply);
      }
    }
    if (replyClass == null) {
      replyClass = byStatus;
    }
    if (replyClass == null && reply.givesReason()) {
      replyClass = ReplyClass.UPSTREAM;
    }
    return replyClass == null
        ? Verdict.malformed(
            Verdict.UNKNOWN_SHAPE, "unknown shape: no item and no error in " + reply.shape())
        : Verdict.of(replyClass, reply.code(), messageOf(reply, httpStatus));
  }

  private static Verdict ofItem(long asked, JsonNode node) {
    Long found = ItemReader.idOf(node);
    if (found == null) {
      return Verdict.malformed(Verdict.UNKNOWN_SHAPE, "unknown shape: the item's id is no id");
    }
    if (found != asked) {
      return Verdict.malformed(
          "wrong-item", "wrong item: asked for " + asked + " and got " + found);
    }
    Item item = ItemReader.read(found, node);
    if (item.title() == null && item.priceMin() == null && item.status() == null) {
      return Verdict.malformed(
          Verdict.UNKNOWN_SHAPE, "unknown shape: an item without title, price and status");
    }
    if (item.status() != null && !Item.PUBLISHED.equalsIgnoreCase(item.status())) {
      return new Verdict(ReplyClass.GONE, null, "status: " + item.status(), null, item);
    }
    return Verdict.succeeded(item);
  }

  /** The business behind the gateway refuses an item, not the API: no code may say otherwise. */
  private static Verdict ofOneItem(AopEnvelope reply) {
    String code = reply.code() == null ? "" : " (" + reply.code() + ")";
    return Verdict.of(ReplyClass.FORBIDDEN, null, reply.message() + code);
  }

  private static ReplyClass classOf(String code) {
    if (code == null) {
      return null;
    }
    String bare = code.toLowerCase(Locale.ROOT);
    bare = bare.startsWith("gw.") ? bare.substring(3) : bare;
    ReplyClass known = CODES.get(bare);
    if (known == null && bare.startsWith("qos")) {
      return ReplyClass.THROTTLED;
    }
    return known == null && bare.startsWith("isp") ? ReplyClass.UPSTREAM : known;
  }

  private static boolean isGatewayCode(String code) {
    return code != null && code.toLowerCase(Locale.ROOT).startsWith("gw.");
  }

  private static String messageOf(AopEnvelope reply, int httpStatus) {
    if (reply.message() != null) {
      return reply.message();
    }
    return reply.code() == null
        ? "HTTP " + httpStatus + " without a reason"
        : reply.code() + " without a message";
  }
}
