package io.tuodui.gateway;

import io.tuodui.account.Account;

/** One way to speak to a gateway: how a call is written and signed, and how its reply is read. */
public interface Dialect {

  /** The name that {@code tuodui.gateway.dialect} takes. */
  String name();

  /** The name of the API that gives the detail of an item, as limits and permissions name it. */
  String api();

  /** The signed request for the detail of one item. */
  GatewayRequest itemDetail(Account account, long itemId);

  /**
   * Classifies a reply and, when it holds an item, normalises it. Never throws: a reply that cannot
   * be read is {@link ReplyClass#MALFORMED}.
   */
  Verdict read(long itemId, int httpStatus, byte[] body);
}
