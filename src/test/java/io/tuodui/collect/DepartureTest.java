package io.tuodui.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tuodui.GatewayStub;
import io.tuodui.NodeForTests;
import io.tuodui.account.Account;
import io.tuodui.account.Lead;
import io.tuodui.account.Reservation;
import io.tuodui.gateway.Dialect;
import io.tuodui.gateway.GatewayRequest;
import io.tuodui.simulator.SimulatedAccounts;
import io.tuodui.task.Task;
import io.tuodui.task.component.TasksEndpoint;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAccumulator;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A call sets out before its slot, and leaves in it, however long it takes to the wire. */
class DepartureTest {
  private static final List<Account> ACCOUNTS = SimulatedAccounts.accounts(1, 2, 0);

  private static GatewayStub gateway;
  private static NodeForTests node;

  @BeforeAll
  static void start() {
    gateway = GatewayStub.start();
    node = NodeForTests.start(gateway.baseUrl(), ACCOUNTS, Map.of("tuodui.inbox.enabled", false));
  }

  @AfterAll
  static void stop() {
    node.close();
    gateway.close();
  }

  @Test
  void aCallSetsOutAsMuchEarlierAsOthersTookToTheWire() throws Exception {
    boolean early = false;
    for (int i = 0; i < 5 && !early; i++) {
      node.bean(Lead.class).took(Duration.ofMillis(200));
      Exchange exchange = new DefaultExchange(node.bean(CamelContext.class));
      exchange.setProperty(TasksEndpoint.LONGEST_WAIT, new LongAccumulator(Math::max, 0));
      Call call = call(i);
      node.bean(CallPermits.class).acquire(exchange, call);
      early = call.permit().leavesAt() - System.nanoTime() > 0;
    }
    assertThat(early).isTrue();
  }

  @Test
  void aCallThatIsAtTheWireEarlyWaitsForItsSlot() throws IOException {
    DepartureGate gate = node.bean(DepartureGate.class);
    HttpClientBuilder builder = HttpClientBuilder.create();
    gate.configureHttpClient(builder);
    Dialect dialect = node.bean(Dialect.class);
    Account account = ACCOUNTS.get(0);
    Call call = call(9);
    GatewayRequest request = dialect.itemDetail(account, call.task().itemId());
    HttpPost post = new HttpPost(gateway.baseUrl() + request.path());
    post.setEntity(new StringEntity(request.form(), ContentType.APPLICATION_FORM_URLENCODED));
    Reservation permit =
        new Reservation(
            account.name(), dialect.api(), Duration.ofMillis(700), System.nanoTime(), 1);
    call.permitted(account, permit, System.nanoTime());
    gate.announce(call);
    try (CloseableHttpClient client = builder.build()) {
      client.execute(post, reply -> null);
    }
    assertThat(call.hasLeft()).isTrue();
    assertThat(System.nanoTime() - permit.leavesAt()).isPositive();
    assertThat(node.bean(Lead.class).current()).isPositive();
  }

  private static Call call(long id) {
    return new Call(new Task("item-detail", 960_000_000_000L + id, 1, 0), Clock.systemUTC());
  }
}
