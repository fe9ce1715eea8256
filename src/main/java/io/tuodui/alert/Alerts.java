package io.tuodui.alert;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tuodui.account.Account;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells people that they must do something: counted as {@code tuodui.alerts}, and handed to the
 * route {@code alert}, which says where it goes.
 */
@Component
public final class Alerts {
  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

  private final ProducerTemplate camel;
  private final MeterRegistry meters;

  Alerts(ProducerTemplate camel, MeterRegistry meters) {
    this.camel = camel;
    this.meters = meters;
  }

  /**
   * An account was taken out of use.
   *
   * @param reason with what to do; must hold no secret
   */
  public void suspended(Account account, String reason) {
    raise(
        "account-suspended",
        account,
        account + " is suspended: " + reason + ". It is used again once any node is started.");
  }

  /**
   * An account was found not to have the permission for an API.
   *
   * @param reason with what to do; must hold no secret
   */
  public void forbidden(Account account, String api, String reason) {
    raise(
        "api-forbidden",
        account,
        account
            + " makes no call of "
            + api
            + " any more: "
            + reason
            + ". It is tried again once any node is started.");
  }

  /**
   * Raises an alert; returns at once.
   *
   * @param kind a word with hyphens: the tag of the metric
   * @param message what happened and what to do; must hold no secret
   */
  public void raise(String kind, Account account, String message) {
    Counter.builder("tuodui.alerts")
        .description("What people were told to look at")
        .tag("kind", kind)
        .register(meters)
        .increment();
    Map<String, String> alert = new LinkedHashMap<>();
    alert.put("kind", kind);
    alert.put("account", account.name());
    alert.put("message", message);
    try {
      camel
          .asyncSend("direct:alert", exchange -> exchange.getMessage().setBody(alert))
          .thenAccept(done -> logIfLost(message, done.getException()));
    } catch (RejectedExecutionException stopping) {
      logIfLost(message, stopping);
    }
  }

  private static void logIfLost(String message, Exception failure) {
    if (failure != null) {
      LOG.error("An alert cannot be delivered ({}). It was: {}", failure.toString(), message);
    }
  }
}
