package io.tuodui.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tuodui.account.Account;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the route {@code alert} is given. */
class AlertsTest {
  private final CamelContext camel = new DefaultCamelContext();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final Queue<Object> delivered = new ConcurrentLinkedQueue<>();
  private Alerts alerts;

  @BeforeEach
  void start() throws Exception {
    camel.start();
    camel
        .getEndpoint("direct:alert")
        .createConsumer(exchange -> delivered.add(exchange.getMessage().getBody()))
        .start();
    alerts = new Alerts(camel.createProducerTemplate(), meters);
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void aSuspendedAccountIsToldAndCountedWithoutItsSecrets() {
    alerts.suspended(new Account("shop", "7", "hush", "hush", null), "401; do this");
    await().until(() -> !delivered.isEmpty());
    assertThat(delivered)
        .containsExactly(
            Map.of(
                "kind",
                "account-suspended",
                "account",
                "shop",
                "message",
                "account shop (app key 7) is suspended: 401; do this. It is used again once any node is started."));
    assertThat(meters.get("tuodui.alerts").tag("kind", "account-suspended").counter().count())
        .isEqualTo(1);
  }

  @Test
  void anAlertThatCannotBeDeliveredIsNobodysFailure() {
    camel.stop();
    alerts.raise("other", new Account("shop", "7", "hush", null, null), "look");
    assertThat(meters.get("tuodui.alerts").counter().count()).isEqualTo(1);
  }
}
