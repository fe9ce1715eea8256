package io.tuodui.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tuodui.account.Account;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each fault as a client sees it. */
class FaultsTest {
  private static final ObjectMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Account account = SimulatedAccounts.accounts(1, 0, 0).get(0);
  private final long item =
      SimulatedItems.ids(100).filter(SimulatedItems::published).findFirst().orElseThrow();
  private Simulator simulator;
  private GatewayClient client;

  @BeforeEach
  void start() {
    simulator = Simulator.start(SimulatorOptions.plain(1));
    client = new GatewayClient(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void truncatedJsonHasTheLengthItSays() {
    simulator.failNext(Fault.TRUNCATED);
    GatewayClient.Reply reply = client.detail(account, item);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(client.detail(account, item).body())
        .startsWith(reply.body())
        .isNotEqualTo(reply.body());
  }

  @Test
  void pagesComeAs403And503() {
    Set<Integer> seen = new HashSet<>();
    for (int call = 0; call < 40; call++) {
      simulator.failNext(Fault.HTML);
      GatewayClient.Reply reply = client.detail(account, item);
      seen.add(reply.status());
      assertThat(reply.body()).startsWith("<html>").contains(Integer.toString(reply.status()));
    }
    assertThat(seen).containsExactlyInAnyOrder(403, 503);
  }

  @Test
  void emptyIs200WithoutABody() {
    simulator.failNext(Fault.EMPTY);
    assertThat(client.detail(account, item)).isEqualTo(new GatewayClient.Reply(200, ""));
  }

  @Test
  void theUpstreamFailsInThreeWays() {
    Set<String> seen = new HashSet<>();
    for (int call = 0; call < 60; call++) {
      simulator.failNext(Fault.UPSTREAM);
      GatewayClient.Reply reply = client.detail(account, item);
      seen.add(reply.status() + " " + reply.json().path("error_code").asText());
    }
    assertThat(seen)
        .containsExactlyInAnyOrder(
            "400 gw.ISPInvokeError", "504 gw.ISPInvokeTimeout", "502 gw.ISPConnectError");
  }

  @Test
  void aResetIsAReset() throws IOException {
    simulator.failNext(Fault.RESET);
    try (Socket socket = new Socket("127.0.0.1", simulator.port())) {
      send(socket);
      InputStream in = socket.getInputStream();
      assertThatThrownBy(in::read).hasMessageContaining("reset");
    }
  }

  @Test
  void aTimeoutAnswersNothingAndOtherCallsGoOn() throws IOException {
    simulator.failNext(Fault.TIMEOUT);
    try (Socket socket = new Socket("127.0.0.1", simulator.port())) {
      socket.setSoTimeout(300);
      send(socket);
      InputStream in = socket.getInputStream();
      assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
      assertThat(client.detail(account, item).status()).isEqualTo(200);
    }
    assertThat(simulator.stats().totals().faults()).containsEntry("timeout", 1L);
  }

  @Test
  void refusedCallsDoNotFail() {
    simulator.failNext(Fault.EMPTY);
    simulator.account(account.appKey()).expireTokens();
    assertThat(client.detail(account, item).status()).isEqualTo(401);
    assertThat(simulator.stats().totals().faults()).containsEntry("empty", 0L);
  }

  @Test
  void aDuplicatedKeyIsAllThatIsWrong() {
    for (int call = 0; call < 20; call++) {
      simulator.failNext(Fault.DUPLICATED_KEYS);
      GatewayClient.Reply reply = client.detail(account, item);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.json().path("result").isObject()).isTrue();
      assertThatThrownBy(() -> STRICT.readTree(reply.body())).hasMessageContaining("Duplicate");
    }
  }

  @Test
  void aStormIsTheSameForTheSameSeed() {
    FaultPlan storm = new FaultPlan(new FaultShares(Faults.STORM, Map.of()), 42);
    FaultPlan again = new FaultPlan(new FaultShares(Faults.STORM, Map.of()), 42);
    for (int call = 0; call < 1000; call++) {
      assertThat(again.next()).isEqualTo(storm.next());
    }
  }

  private void send(Socket socket) throws IOException {
    byte[] request = RawRequests.detail(account, item).getBytes(StandardCharsets.UTF_8);
    socket.getOutputStream().write(request);
    await().until(() -> simulator.stats().totals().calls() > 0);
  }
}
