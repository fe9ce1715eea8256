package io.tuodui.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tuodui.account.Account;
import io.tuodui.account.Limits;
import io.tuodui.gateway.Signatures;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The signature vectors of protocol section 1a whose APIs the simulator serves, over HTTP. */
class SignatureVectorsTest {
  private static final String PRODUCT = "param2/1/com.alibaba.product/alibaba.product.get/1000000";
  private static final String CURRENT_TIME = "param2/1/system/currentTime/1000000";

  private final Account account =
      new Account("vector", "1000000", "test123", "tok-0001", Limits.NONE);
  private Simulator simulator;
  private GatewayClient client;

  @BeforeEach
  void start() {
    simulator = Simulator.start(SimulatorOptions.plain(1), List.of(account), Clock.systemUTC());
    client = new GatewayClient(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void vector1AnswersTheTimeAsOneString() {
    Map<String, String> parameters = Map.of("b", "2", "a", "1");
    GatewayClient.Reply reply =
        call(CURRENT_TIME, parameters, "33E54F4F7B989E3E0E912D3FBD2F1A03CA7CCE88");
    assertThat(reply.body()).matches("\"\\d{17}\\+0800\"");
  }

  @Test
  void vector3() {
    call(
        PRODUCT,
        Map.of("access_token", "tok-0001", "productID", "573741401425", "webSite", "1688"),
        "5883AF1CAFB3135BCE79D6AD8DA6971DEEB146A0");
  }

  @Test
  void vector4WithTimestamp() {
    call(
        PRODUCT,
        Map.of(
            "_aop_timestamp",
            "1700000000000",
            "access_token",
            "tok-0001",
            "productID",
            "573741401425",
            "webSite",
            "1688"),
        "A8ECC8633C0B4D4C108AB60D0C7E8AD42F651560");
  }

  @Test
  void vector5WithJson() {
    call(
        "param2/1/" + GatewayClient.CROSS_BORDER + "/1000000",
        Map.of(
            "access_token",
            "tok-0001",
            "offerDetailParam",
            "{\"offerId\":573741401425,\"country\":\"en\"}"),
        "2CD7229D7E5EE3CB1BE7FE125A5BEDFA683AA7FA");
  }

  /** Vector 7 is about the order of these parameters; its API does not exist. */
  @Test
  void theJoinedStringsAreSortedNotTheKeys() {
    Map<String, String> parameters = Map.of("a", "z", "ab", "1", "text", "连衣裙 +&=%");
    call(CURRENT_TIME, parameters, Signatures.aop(CURRENT_TIME, parameters, "test123"));
  }

  private GatewayClient.Reply call(
      String urlPath, Map<String, String> parameters, String signature) {
    Map<String, String> sent = new HashMap<>(parameters);
    sent.put("_aop_signature", signature);
    GatewayClient.Reply reply = client.get("/openapi/" + urlPath, sent);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(client.post("/openapi/" + urlPath, sent).status()).isEqualTo(200);
    assertThat(simulator.stats().totals().accepted()).isEqualTo(2);
    return reply;
  }
}
