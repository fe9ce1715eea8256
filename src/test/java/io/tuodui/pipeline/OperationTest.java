package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tuodui.NodeForTests;
import io.tuodui.SimulatedNode;
import io.tuodui.simulator.SimulatedItems;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node shows on its web port, and to whom. */
@ExtendWith(SimulatedNode.class)
class OperationTest {
  private NodeForTests node;

  @BeforeEach
  void use(NodeForTests node) {
    this.node = node;
  }

  private HttpResponse<String> get(String path, String accept, boolean login) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node.url() + path)).header("Accept", accept);
    if (login) {
      byte[] user = ("admin:" + NodeForTests.PASSWORD).getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(user));
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
  void healthIsOpenAndTellsStrangersNoMore(String path) throws Exception {
    HttpResponse<String> response = get(path, "*/*", false);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("\"UP\"").doesNotContain("MySQL", "MariaDB", "components");
  }

  @Test
  void anInboxThatWasNotLookedIntoYetIsNoReasonToBeDown() throws Exception {
    RouteController routes = node.bean(CamelContext.class).getRouteController();
    routes.stopRoute("intake-file");
    // The first look is a second later.
    routes.startRoute("intake-file");
    assertThat(get("/actuator/health", "*/*", false).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator/prometheus",
        "/actuator/metrics",
        "/actuator/info",
        "/actuator/hawtio/index.html",
        "/actuator/jolokia/version"
      })
  void theRestIsForTheAdministrator(String path) throws Exception {
    assertThat(get(path, "application/json", false).statusCode()).isEqualTo(401);
    HttpResponse<String> browser = get(path, "text/html", false);
    assertThat(browser.statusCode()).isEqualTo(302);
    assertThat(browser.headers().firstValue("Location").orElseThrow()).endsWith("/login");
    assertThat(get(path, "*/*", true).statusCode()).isEqualTo(200);
  }

  @Test
  void anythingElseNeedsALoginToo() throws Exception {
    assertThat(get("/", "application/json", false).statusCode()).isEqualTo(401);
    assertThat(get("/actuator/env", "application/json", false).statusCode()).isEqualTo(401);
    assertThat(get("/actuator/env", "application/json", true).statusCode()).isEqualTo(404);
  }

  @Test
  void hawtioSeesTheRoutes() throws Exception {
    String routes =
        get("/actuator/jolokia/search/org.apache.camel:type=routes,*", "*/*", true).body();
    assertThat(routes).contains("collect-items", "call-gateway", "settle-batch");
  }

  @Test
  void prometheusShowsCallsClaimsWaitsStoresAndTasks() throws Exception {
    long[] ids = SimulatedItems.ids(3_060).skip(3_000).toArray();
    node.complete(node.submit(ids));
    String metrics = get("/actuator/prometheus", "text/plain", true).body();
    for (String line :
        new String[] {
          "tuodui_call_seconds_count\\{.*class=\"succeeded\"",
          "tuodui_call_seconds_count\\{.*class=\"gone\"",
          "tuodui_call_seconds_bucket\\{.*class=\"succeeded\",le=\"\\+Inf\"",
          "tuodui_claim_seconds_count",
          "tuodui_permit_wait_seconds_count",
          "tuodui_store_seconds_count\\{.*store=\"mongodb\"",
          "tuodui_store_seconds_count\\{.*store=\"mysql\""
        }) {
      assertThat(valueOf(metrics, line)).as(line).isPositive();
    }
    for (String state : new String[] {"due", "waiting", "leased", "dead"}) {
      assertThat(valueOf(metrics, "tuodui_tasks\\{.*state=\"" + state + "\"")).isNotNegative();
    }
  }

  @Test
  void prometheusShowsTheGuardAndTheAccounts() throws Exception {
    String metrics = get("/actuator/prometheus", "text/plain", true).body();
    assertThat(valueOf(metrics, "tuodui_guard_seconds")).isBetween(0.025, 0.050);
    String account = "\\{.*account=\"" + SimulatedNode.ACCOUNTS.get(0).name() + "\"";
    assertThat(valueOf(metrics, "tuodui_account_rate" + account)).isInfinite();
    assertThat(valueOf(metrics, "tuodui_account_rest_seconds" + account)).isZero();
    assertThat(valueOf(metrics, "tuodui_account_suspended" + account)).isZero();
    assertThat(valueOf(metrics, "tuodui_account_forbidden" + account)).isZero();
  }

  @Test
  void prometheusShowsTheNodesOnceThisOneCanTell() {
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(
                        valueOf(
                            get("/actuator/prometheus", "text/plain", true).body(), "tuodui_nodes"))
                    .isEqualTo(1));
  }

  private static double valueOf(String metrics, String start) {
    return Pattern.compile("^" + start + ".* (\\S+)$", Pattern.MULTILINE)
        .matcher(metrics)
        .results()
        .findFirst()
        .map(match -> Double.parseDouble(match.group(1).replace("+Inf", "Infinity")))
        .orElseThrow(() -> new AssertionError("no " + start + " in:\n" + metrics));
  }
}
