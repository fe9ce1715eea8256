package io.tuodui.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tuodui.account.Account;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The statuses that are not known of the real gateway, and those asked for in their place. */
class StatusesTest {
  private static final long ITEM =
      SimulatedItems.ids(100).filter(SimulatedItems::published).findFirst().orElseThrow();

  private final Account account = SimulatedAccounts.accounts(1, 0, 0).get(0);

  @ParameterizedTest
  @CsvSource({
    "'', HTML, '403, 503'",
    "--status html=500, HTML, 500",
    "'', EMPTY, 200",
    "--status empty=502, EMPTY, 502",
    "--status truncated=500, TRUNCATED, 500",
    "--status duplicated-keys=400, DUPLICATED_KEYS, 400",
    "'', UPSTREAM, '400, 502, 504'",
    "--status gw.ISPInvokeError=200, UPSTREAM, '200, 502, 504'",
    "--status gw.ISPInvokeTimeout=500 --status gw.ISPConnectError=503, UPSTREAM, '400, 500, 503'",
  })
  void ofFaults(String options, Fault fault, String statuses) {
    try (Simulator simulator = started(options)) {
      Set<String> seen = new TreeSet<>();
      for (int call = 0; call < 60; call++) {
        simulator.failNext(fault);
        seen.add(Integer.toString(call(simulator).status()));
      }
      assertThat(String.join(", ", seen)).isEqualTo(statuses);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', 400",
    "--status gw.QosAppFrequencyLimit=429, 400",
    "--status gw.APIACLDecline=403, 403",
  })
  void ofRefusals(String options, int status) {
    try (Simulator simulator = started(options)) {
      simulator.account(account.appKey()).decline(true);
      assertThat(call(simulator).status()).isEqualTo(status);
    }
  }

  private static Simulator started(String options) {
    return Simulator.start(SimulatorOptions.plain(1, QuirksOf.line(options)));
  }

  private GatewayClient.Reply call(Simulator simulator) {
    return new GatewayClient(simulator).detail(account, ITEM);
  }
}
