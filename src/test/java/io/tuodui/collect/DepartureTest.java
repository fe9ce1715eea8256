package io.tuodui.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tuodui.GatewayStub;
import io.tuodui.NodeForTests;
import io.tuodui.account.Account;
import io.tuodui.account.Departures;
import io.tuodui.account.Lead;
import io.tuodui.account.Reservation;
import io.tuodui.gateway.Dialect;
import io.tuodui.gateway.GatewayRequest;
import io.tuodui.simulator.SimulatedAccounts;
import io.tuodui.task.Task;
import io.tuodui.task.component.TasksEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call sets out before its slot, and leaves in it, however long it takes to the wire. */
class DepartureTest {
  private static final List<Account> ACCOUNTS = SimulatedAccounts.accounts(3, 2, 0);

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
      Call call = new Call(task(i), Clock.systemUTC());
      node.bean(CallPermits.class).acquire(exchange, call);
      early = call.permit().leavesAt() - System.nanoTime() > 0;
    }
    assertThat(early).isTrue();
  }

  @Test
  void aCallThatIsAtTheWireEarlyWaitsForItsSlot() throws IOException {
    Call call = call(0, Duration.ofMillis(700));
    send(call, Duration.ZERO);
    assertThat(call.hasLeft()).isTrue();
    assertThat(System.nanoTime() - call.permit().leavesAt()).isPositive();
    assertThat(node.bean(Lead.class).current()).isPositive();
  }

  /** As by a garbage collection after the gate. */
  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void ofACallThatPausesTooLongWhileItIsWrittenNothingIsSent(String method) throws Exception {
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Integer> received = CompletableFuture.supplyAsync(() -> received(door));
      Call call = call(1, Duration.ZERO);
      HttpUriRequestBase request =
          new HttpUriRequestBase(method, URI.create("http://127.0.0.1:" + door.getLocalPort()));
      if (method.equals("POST")) {
        request.setEntity(new StringEntity("form"));
      }
      assertThatThrownBy(() -> send(call, request, Departures.LATEST.plusMillis(100)))
          .isInstanceOf(PermitLapsed.class);
      assertThat(call.hasLeft()).isFalse();
      assertThat(received.get(10, TimeUnit.SECONDS)).as("bytes").isZero();
    }
  }

  private static int received(ServerSocket door) {
    int bytes = 0;
    try (Socket client = door.accept()) {
      while (client.getInputStream().read() >= 0) {
        bytes++;
      }
    } catch (IOException reset) {
      // No more will come.
    }
    return bytes;
  }

  @Test
  void whatMustKeepItsDistanceFromACallGoesByWhenItWasWritten() throws IOException {
    Duration pause = Duration.ofMillis(600);
    Call first = call(2, Duration.ZERO);
    send(first, pause);
    long left = first.permit().leavesAt() + pause.toNanos();
    send(call(2, Duration.ZERO), Duration.ZERO);
    send(call(2, Duration.ofMillis(500)), Duration.ZERO);
    assertThat(System.nanoTime() - left).isGreaterThan(Duration.ofSeconds(1).toNanos());
  }

  private static void send(Call call, Duration pause) throws IOException {
    GatewayRequest signed =
        node.bean(Dialect.class).itemDetail(call.account(), call.task().itemId());
    HttpPost post = new HttpPost(gateway.baseUrl() + signed.path());
    post.setEntity(new StringEntity(signed.form(), ContentType.APPLICATION_FORM_URLENCODED));
    send(call, post, pause);
  }

  /** As the route does; pauses while the head is written. */
  private static void send(Call call, HttpUriRequestBase request, Duration pause)
      throws IOException {
    request.addHeader(
        new BasicHeader("X-Pause", "") {
          @Override
          public String getValue() {
            long end = System.nanoTime() + pause.toNanos();
            for (long left = pause.toNanos(); left > 0; left = end - System.nanoTime()) {
              LockSupport.parkNanos(left);
            }
            return super.getValue();
          }
        });
    DepartureGate gate = node.bean(DepartureGate.class);
    HttpClientBuilder builder = HttpClientBuilder.create();
    gate.configureHttpClient(builder);
    gate.announce(call);
    try (CloseableHttpClient client = builder.build()) {
      client.execute(request, reply -> null);
    }
  }

  /** Each test has an account for itself. */
  private static Call call(int place, Duration delay) {
    Call call = new Call(task(9), Clock.systemUTC());
    Account account = ACCOUNTS.get(place);
    long now = System.nanoTime();
    Reservation permit =
        new Reservation(account.name(), node.bean(Dialect.class).api(), delay, now, 1);
    call.permitted(account, permit, now);
    return call;
  }

  private static Task task(long id) {
    return new Task("item-detail", 960_000_000_000L + id, 1, 0);
  }
}
