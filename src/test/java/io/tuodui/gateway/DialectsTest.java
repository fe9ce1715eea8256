package io.tuodui.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tuodui.account.Account;
import io.tuodui.account.Limits;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialectsTest {

  private static final long ITEM = 573741401425L;
  private static final Account ACCOUNT =
      new Account("one", "1000000", "test123", "tok-0001", Limits.NONE);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2024-01-01T04:00:00Z"), ZoneOffset.UTC);

  @Test
  void aopAsksForAnyOfferByDefault() {
    GatewayRequest request = dialect("aop", null).itemDetail(ACCOUNT, ITEM);

    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path())
        .isEqualTo(
            "/openapi/param2/1/com.alibaba.fenxiao.crossborder/"
                + "product.search.queryProductDetail/1000000");
    assertThat(request.query()).isNull();
    assertThat(decoded(request.form()))
        .containsOnly(
            Map.entry("offerDetailParam", "{\"offerId\":573741401425,\"country\":\"en\"}"),
            Map.entry("access_token", "tok-0001"),
            Map.entry("_aop_signature", "2CD7229D7E5EE3CB1BE7FE125A5BEDFA683AA7FA"));
  }

  @Test
  void aopSignsAsThePublishedVectorOfProductGet() {
    GatewayRequest request = dialect("aop", "alibaba.product.get").itemDetail(ACCOUNT, ITEM);

    assertThat(request.path())
        .isEqualTo("/openapi/param2/1/com.alibaba.product/alibaba.product.get/1000000");
    assertThat(decoded(request.form()))
        .containsEntry("_aop_signature", "5883AF1CAFB3135BCE79D6AD8DA6971DEEB146A0");
  }

  @ParameterizedTest
  @CsvSource({
    "com.alibaba.product:alibaba.product.get, productID, 1688",
    "com.alibaba.product:alibaba.product.simple.get, productID, 1688",
    "com.alibaba.product:alibaba.agent.product.get, productID, 1688",
    "com.alibaba.product:alibaba.cross.productInfo, productId,",
    "com.alibaba.product:alibaba.cpsMedia.productInfo, offerId,"
  })
  void everyApiTakesTheItemInItsOwnWay(String api, String idParameter, String webSite) {
    GatewayRequest request = dialect("aop", api).itemDetail(ACCOUNT, ITEM);

    assertThat(request.path()).isEqualTo("/openapi/param2/1/" + api.replace(':', '/') + "/1000000");
    Map<String, String> sent = decoded(request.form());
    assertThat(sent).containsEntry(idParameter, "573741401425");
    assertThat(sent.get("webSite")).isEqualTo(webSite);
    Map<String, String> signed = new LinkedHashMap<>(sent);
    signed.remove("_aop_signature");
    assertThat(sent)
        .containsEntry(
            "_aop_signature",
            Signatures.aop(request.path().substring("/openapi/".length()), signed, "test123"));
  }

  @Test
  void anAccountWithoutATokenSendsNone() {
    Account without = new Account("two", "1000000", "test123", null, null);

    assertThat(decoded(dialect("aop", null).itemDetail(without, ITEM).form()))
        .doesNotContainKey("access_token");
  }

  @Test
  void theFormIsEncodedOnce() {
    Account odd = new Account("odd", "1000000", "test123", "a b+c&d=é连", null);

    String form = dialect("aop", "alibaba.cross.productInfo").itemDetail(odd, ITEM).form();

    assertThat(form).contains("access_token=a%20b%2Bc%26d%3D%C3%A9%E8%BF%9E&");
    assertThat(decoded(form)).containsEntry("access_token", "a b+c&d=é连");
  }

  @Test
  void theCountryIsConfigurable() {
    Dialect dialect = Dialects.named("aop", " ", "ja", CLOCK);

    assertThat(decoded(dialect.itemDetail(ACCOUNT, ITEM).form()))
        .containsEntry("offerDetailParam", "{\"offerId\":573741401425,\"country\":\"ja\"}");
  }

  @Test
  void itemGetSignsAsItsVector() {
    GatewayRequest request = dialect("item-get", null).itemDetail(ACCOUNT, ITEM);

    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.path()).isEqualTo("/openapi/param2/1/alibaba.item.get/2.0");
    assertThat(request.form()).isNull();
    assertThat(request.query())
        .contains("timestamp=2024-01-01%2012%3A00%3A00&")
        .endsWith("&sign=q4iKl39iQNlbUrSTcohBgADiJMY%3D");
    assertThat(decoded(request.query()))
        .containsOnlyKeys(
            "method", "app_key", "format", "v", "timestamp", "item_id", "fields", "sign");
  }

  @Test
  void anUnknownDialectIsNamedWithTheKnownOnes() {
    assertThatThrownBy(() -> dialect("soap", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'soap'", "aop", "item-get");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alibaba.product.delete", "product.get", ":", "com.alibaba.product"})
  void anUnknownApiIsNamedWithTheKnownOnes(String api) {
    assertThatThrownBy(() -> dialect("aop", api))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "'" + api + "'", AopApi.DEFAULT_ID, "com.alibaba.product:alibaba.cross.productInfo");
  }

  @ParameterizedTest
  @ValueSource(strings = {"e", "en\"}", "en us", "1"})
  void aCountryThatIsNoCodeIsRefused(String country) {
    assertThatThrownBy(() -> Dialects.named("aop", null, country, CLOCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + country + "'");
  }

  private static Dialect dialect(String name, String api) {
    return Dialects.named(name, api, null, CLOCK);
  }

  private static Map<String, String> decoded(String form) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String parameter : form.split("&")) {
      String[] parts = parameter.split("=", 2);
      parameters.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
    }
    return parameters;
  }
}
