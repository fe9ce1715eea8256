package io.tuodui.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tuodui.redis.RedisForTests;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Accounts without limits, with no Redis at all: port 1 answers nobody. */
class UnlimitedAccountsTest {

  private static final StringRedisTemplate NO_REDIS = RedisForTests.template(1);

  private static final String API = "alibaba.product.get";

  private Instant now = Instant.parse("2026-11-21T12:00:00Z"); // 20:00 GMT+8
  private final InstantSource source = () -> now;
  private final Clock clock = source.withZone(ZoneOffset.UTC);
  private final Permits permits = new Permits(NO_REDIS, "tuodui", Duration.ofSeconds(20), clock);

  @AfterAll
  static void close() {
    RedisForTests.close(NO_REDIS);
  }

  @Test
  void theyTakeTurnsAtOnce() {
    permits.configure(List.of(unlimited("a"), unlimited("b")));
    assertThat(IntStream.range(0, 6).mapToObj(i -> reserve()))
        .allSatisfy(permit -> assertThat(permit.delay()).isZero())
        .extracting(Reservation::account)
        .containsExactly("a", "b", "a", "b", "a", "b");
    permits.handBack(reserve());
  }

  @Test
  void aRestingOneIsPassedOver() {
    permits.configure(List.of(unlimited("a"), unlimited("b")));
    permits.rest("a", Duration.ofSeconds(10));
    permits.rest("a", Duration.ofSeconds(1));
    assertThat(List.of(reserve().account(), reserve().account())).containsOnly("b");
    permits.restUntilDayReset("b");
    assertThat(reserve().granted()).isFalse();
    assertThat(reserve().delay()).isEqualTo(Duration.ofSeconds(10));
    now = now.plusSeconds(10);
    assertThat(reserve().account()).isEqualTo("a");
    assertThat(permits.snapshot(API).get("b").freeIn())
        .isEqualTo(Duration.ofHours(4).plus(DayReset.MARGIN).minusSeconds(10));
  }

  @Test
  void oneThatIsRefusedIsSlowedDownUntilConfiguredAgain() {
    permits.configure(List.of(unlimited("a")));
    permits.slow("a");
    permits.slow("a"); // of a call that was under way: counts as the same
    assertThat(reserve().granted()).isTrue();
    assertThat(reserve().delay()).isEqualTo(Duration.ofMillis(200));
    assertThat(permits.snapshot(API).get("a").perSecond()).isEqualTo(5);
    now = now.plusSeconds(1);
    permits.slow("a");
    assertThat(reserve().granted()).isTrue();
    assertThat(reserve().delay()).isEqualTo(Duration.ofMillis(400));
    permits.rest("a", Duration.ofSeconds(2));
    assertThat(reserve().delay()).isEqualTo(Duration.ofSeconds(2));
    permits.configure(List.of(unlimited("a")));
    now = now.plusSeconds(2);
    assertThat(List.of(reserve(), reserve())).allMatch(Reservation::granted);
  }

  @Test
  void aSuspendedOneIsOutUntilResumedOrConfiguredAgain() {
    permits.configure(List.of(unlimited("a")));
    permits.suspend("a", "signature refused");
    assertThat(permits.unusable(API)).isEqualTo(Map.of("a", "signature refused"));
    assertThat(reserve().granted()).isFalse();
    permits.resume("a");
    assertThat(reserve().granted()).isTrue();
    permits.suspend("a", "again");
    permits.configure(List.of(unlimited("a")));
    assertThat(reserve().granted()).isTrue();
  }

  @Test
  void theyGoFirstAndLimitedOnesWithoutRedisGetNothing() {
    Account limited = new Account("c", "1", "s", null, new Limits(10, null));
    assertThatThrownBy(() -> permits.configure(List.of(unlimited("a"), limited)))
        .isInstanceOf(DataAccessException.class);
    assertThat(reserve().account()).isEqualTo("a");
    permits.suspend("a", "for the test");
    assertThatThrownBy(this::reserve).isInstanceOf(DataAccessException.class);
  }

  @Test
  void aDayIsTrustedFiveSecondsPastMidnight() {
    assertThat(DayReset.after(Instant.parse("2026-11-21T15:59:59.9Z")))
        .isEqualTo("2026-11-21T16:00:05Z");
    assertThat(DayReset.after(Instant.parse("2026-11-21T16:00:04Z")))
        .isEqualTo("2026-11-21T16:00:05Z");
    assertThat(DayReset.after(Instant.parse("2026-11-21T16:00:05Z")))
        .isEqualTo("2026-11-22T16:00:05Z");
  }

  private Reservation reserve() {
    return permits
        .reserve(API, 1, Duration.ofMillis(25), Duration.ZERO, Duration.ofSeconds(1))
        .get(0);
  }

  private static Account unlimited(String name) {
    return new Account(name, "1", "s", null, Limits.NONE);
  }
}
