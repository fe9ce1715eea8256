package io.tuodui.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tuodui.account.Account;
import io.tuodui.account.Limits;
import io.tuodui.gateway.Signatures;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A platform whose clock is not that of its callers, who say that it is 12:00:00 GMT+8. */
class ClockSkewTest {
  private final Account account =
      new Account("vector", "1000000", "test123", "tok-0001", new Limits(null, 1));
  private final Clock noon = Clock.fixed(Instant.parse("2024-01-01T04:00:00Z"), ZoneOffset.UTC);

  /** The columns: skew in ms, the platform's time, TOP's code, the seconds until the day ends. */
  @ParameterizedTest
  @CsvSource({
    "0, 20240101120000000, 7, 43200",
    "1500, 20240101120001500, 7, 43199",
    "-1500, 20240101115958500, 7, 43202",
    "600000, 20240101121000000, 7, 42600",
    "601000, 20240101121001000, 31,",
    "-600000, 20240101115000000, 7, 43800",
    "-601000, 20240101114959000, 31,",
  })
  void isInAllThatItSaysOfTimeAndExpectsOfIt(
      String skew, String time, int topCode, String seconds) {
    SimulatorOptions options = SimulatorOptions.plain(1, QuirksOf.line("--clock-skew " + skew));
    try (Simulator simulator = Simulator.start(options, List.of(account), noon)) {
      GatewayClient client = new GatewayClient(simulator);

      assertThat(client.aop(account, "system/currentTime", Map.of()).body())
          .isEqualTo("\"" + time + "+0800\"");

      String second = client.get(SimulatedItemGetDialect.PATH, itemGetAtNoon()).body();
      assertThat(second).contains("\"code\":" + topCode + ",");
      if (seconds != null) {
        assertThat(second).contains("This ban will last for " + seconds + " more seconds");
      }
    }
  }

  /** No limit for {@code _aop_timestamp}, and no code for an old one, is known (section 1a). */
  @ParameterizedTest
  @CsvSource({"0", "86400000"})
  void doesNotMakeAnAopTimestampWrong(String skew) {
    SimulatorOptions options = SimulatorOptions.plain(1, QuirksOf.line("--clock-skew " + skew));
    try (Simulator simulator = Simulator.start(options, List.of(account), noon)) {
      Map<String, String> sent = Map.of("_aop_timestamp", Long.toString(noon.millis()));
      assertThat(new GatewayClient(simulator).aop(account, "system/currentTime", sent).status())
          .isEqualTo(200);
    }
  }

  private Map<String, String> itemGetAtNoon() {
    Map<String, String> sent = new HashMap<>();
    sent.put("method", "alibaba.item.get");
    sent.put("app_key", account.appKey());
    sent.put("timestamp", "2024-01-01 12:00:00");
    sent.put("item_id", "573741401425");
    sent.put("sign", Signatures.itemGet(sent, account.appSecret()));
    return sent;
  }
}
