package io.tuodui.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tuodui.account.Account;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The server as a whole: ports, latency, order of answers, limits under load, statistics. */
class ServerTest {
  private static final SimulatorOptions SLOW =
      new SimulatorOptions(
          0, 3, 0, 0, Duration.ofMillis(60), Duration.ofMillis(50), Faults.NONE, 5);

  @Test
  void aTakenPortIsNamedWithWhatToDo() {
    try (Simulator first = Simulator.start(SimulatorOptions.plain(1))) {
      SimulatorOptions same =
          new SimulatorOptions(first.port(), 1, 0, 0, Duration.ZERO, Duration.ZERO, Faults.NONE, 1);
      assertThatThrownBy(() -> Simulator.start(same))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("port " + first.port())
          .hasMessageContaining("choose another port");
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() throws IOException {
    Account account = SimulatedAccounts.accounts(1, 0, 0).get(0);
    long[] ids = SimulatedItems.ids(200).filter(SimulatedItems::published).toArray();
    StringBuilder requests = new StringBuilder();
    for (long id : ids) {
      requests.append(RawRequests.itemGet(account, id));
    }
    try (Simulator simulator = Simulator.start(SLOW);
        Socket socket = new Socket("127.0.0.1", simulator.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(requests.toString().getBytes(UTF_8));
      HttpReplies replies = new HttpReplies(socket.getInputStream());
      for (long id : ids) {
        JsonNode item = GatewayClient.parse(new String(replies.next(), UTF_8)).path("item");
        assertThat(item.path("item_id").asLong()).isEqualTo(id);
      }
    }
  }

  @Test
  void latencyStaysWithinItsJitter() {
    Latency latency = new Latency(Duration.ofMillis(60), Duration.ofMillis(50), 3);
    long[] drawn = IntStream.range(0, 10_000).mapToLong(call -> latency.nextNanos()).toArray();
    assertThat(IntStream.range(0, drawn.length).mapToObj(i -> drawn[i] / 1_000_000))
        .allSatisfy(millis -> assertThat(millis).isBetween(10L, 110L))
        .contains(10L, 60L, 109L);
    Account account = SimulatedAccounts.accounts(1, 0, 0).get(0);
    try (Simulator simulator = Simulator.start(SLOW)) {
      long start = System.nanoTime();
      new GatewayClient(simulator).detail(account, 1);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(10));
    }
  }

  @Test
  void thePlatformChangesItsLimitsWhileItRuns() {
    Account account = SimulatedAccounts.accounts(1, 0, 0).get(0);
    try (Simulator simulator = Simulator.start(SimulatorOptions.plain(1))) {
      GatewayClient client = new GatewayClient(simulator);
      assertThat(client.post("/limits?per-second=x", Map.of()).status()).isEqualTo(400);
      assertThat(client.post("/limits?per-second=1", Map.of()).status()).isEqualTo(200);
      client.detail(account, 1);
      client.detail(account, 2);
      assertThat(simulator.stats().totals().refused()).containsEntry("per-second", 1L);
      client.post("/limits?per-second=0", Map.of());
      client.detail(account, 3);
      assertThat(simulator.stats().totals().refused()).containsEntry("per-second", 1L);
    }
  }

  @Test
  void anAccountIsHeldToItsMinute() {
    Account account = SimulatedAccounts.accounts(1, 0, 0).get(0);
    SimulatorOptions options =
        new SimulatorOptions(
            0, 1, 0, 2, 0, Duration.ZERO, Duration.ZERO, Faults.NONE, 1, Quirks.NONE);
    try (Simulator simulator = Simulator.start(options)) {
      GatewayClient client = new GatewayClient(simulator);
      for (long id = 1; id <= 3; id++) {
        client.detail(account, id);
      }
      assertThat(simulator.stats().totals().refused()).isEqualTo(Map.of("per-minute", 1L));
    }
  }

  @Test
  void callsArriveLaterByTheNetworksJitter() throws IOException {
    Account account = SimulatedAccounts.accounts(1, 0, 0).get(0);
    SimulatorOptions options = SimulatorOptions.plain(1, QuirksOf.line("--arrival-jitter 40"));
    try (Simulator simulator = Simulator.start(options);
        Socket socket = new Socket("127.0.0.1", simulator.port())) {
      socket.setSoTimeout(10_000);
      socket.setTcpNoDelay(true);
      HttpReplies replies = new HttpReplies(socket.getInputStream());
      long[] ids = SimulatedItems.ids(20).filter(SimulatedItems::published).toArray();
      long began = System.nanoTime();
      for (long id : ids) {
        // In pieces, as a client sends head and body: they must not overtake each other.
        for (byte piece : RawRequests.itemGet(account, id).getBytes(UTF_8)) {
          socket.getOutputStream().write(piece);
        }
        JsonNode item = GatewayClient.parse(new String(replies.next(), UTF_8)).path("item");
        assertThat(item.path("item_id").asLong()).isEqualTo(id);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("on average, a call takes 40 ms to arrive")
          .isGreaterThan(Duration.ofMillis(10L * ids.length));
    }
  }

  @Test
  void parallelCallsOfOneAccountAreHeldToItsLimitAndCounted() {
    List<Account> accounts = SimulatedAccounts.accounts(2, 0, 0);
    SimulatorOptions options =
        new SimulatorOptions(0, 2, 25, 0, Duration.ZERO, Duration.ZERO, Faults.NONE, 1);
    try (Simulator simulator = Simulator.start(options)) {
      GatewayClient client = new GatewayClient(simulator);
      client.post("/openapi/param2/1/system/currentTime/77", Map.of());
      long begin = System.nanoTime();
      long refused =
          IntStream.range(0, 100)
              .parallel()
              .mapToObj(call -> client.detail(accounts.get(0), 520_000_000_000L + call))
              .filter(reply -> reply.body().contains("gw.QosAppFrequencyLimit"))
              .count();
      // Refused calls take places too, so nothing more is accepted while they keep coming
      boolean withinASecond = System.nanoTime() - begin < 1_000_000_000L;
      assertThat(refused).isGreaterThanOrEqualTo(withinASecond ? 75 : 1);

      JsonNode stats = client.get("/stats", Map.of()).json();
      JsonNode account = stats.at("/accounts/0");
      assertThat(account.path("name").asText()).isEqualTo("sim-001");
      assertThat(account.path("calls").asLong()).isEqualTo(100);
      assertThat(account.path("accepted").asLong()).isEqualTo(100 - refused);
      assertThat(account.at("/refused/per-second").asLong()).isEqualTo(refused);
      assertThat(account.path("maxCallsInAnySecond").asLong()).isBetween(26L, 100L);
      assertThat(stats.at("/accounts/1/calls").asLong()).isZero();
      assertThat(stats.at("/totals/calls").asLong()).isEqualTo(101);
      assertThat(stats.at("/totals/refused/app-key-unknown").asLong()).isEqualTo(1);
      assertThat(stats.at("/totals/faults/reset").asLong()).isZero();
      assertThat(stats.path("uptimeSeconds").isNumber()).isTrue();
    }
  }

  @Test
  void otherPathsSayWhatThereIs() {
    try (Simulator simulator = Simulator.start(SimulatorOptions.plain(1))) {
      GatewayClient.Reply reply = new GatewayClient(simulator).get("/", Map.of());
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.body()).contains("/stats", SimulatedItemGetDialect.PATH);
    }
  }

  @Test
  void whatIsNotUrlEncodedIsABadRequest() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorOptions.plain(1));
        Socket socket = new Socket("127.0.0.1", simulator.port())) {
      socket.getOutputStream().write("GET /stats?a=%zz HTTP/1.1\r\n\r\n".getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
          .isEqualTo("HTTP/1.1 400");
    }
  }
}
