package io.tuodui.gateway;

import io.tuodui.item.Item;
import java.time.Duration;

/**
 * What a dialect reads out of one reply.
 *
 * @param replyClass what the call came to
 * @param code the platform's own code, such as {@code gw.QosAppFrequencyLimit}; {@code null} when
 *     it gave none. With {@code MALFORMED}, what is wrong: {@code unknown-shape}, {@code
 *     unreadable-json}, {@code empty-body}, {@code wrong-item} or {@code too-large}
 * @param message the platform's words, or what is wrong with the reply; {@code null} on success
 * @param retryAfter how long the platform says to stay away; {@code null} when it does not say
 * @param item the item, normalised; always there with {@code SUCCEEDED}, with {@code GONE} only
 *     when the platform still shows an item that is off the shelf, otherwise {@code null}
 */
public record Verdict(
    ReplyClass replyClass, String code, String message, Duration retryAfter, Item item) {

  /** The code of a reply that is whole, and neither an item nor an error. */
  public static final String UNKNOWN_SHAPE = "unknown-shape";

  public static Verdict succeeded(Item item) {
    return new Verdict(ReplyClass.SUCCEEDED, null, null, null, item);
  }

  public static Verdict of(ReplyClass replyClass, String code, String message) {
    return new Verdict(replyClass, code, message, null, null);
  }

  /**
   * A reply that says nothing.
   *
   * @param code one of those above
   */
  public static Verdict malformed(String code, String message) {
    return of(ReplyClass.MALFORMED, code, message);
  }
}
