package io.tuodui.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.tuodui.account.Account;
import io.tuodui.account.Guard;
import io.tuodui.account.Limits;
import io.tuodui.account.Permits;
import io.tuodui.gateway.Dialect;
import io.tuodui.gateway.Dialects;
import io.tuodui.gateway.ReplyClass;
import io.tuodui.gateway.Verdict;
import io.tuodui.redis.RedisForTests;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When refusals for speed are taken for the day's limit: by a clock that the test moves. */
class AccountCareTest {
  private static final Account ACCOUNT = new Account("a", "1", "s", null, Limits.NONE);
  private static final Instant START = Instant.parse("2026-01-31T02:00:00Z");

  /** A throttle's own rest is 1 s; that until the day's reset at least 5 s, at any time of day. */
  private static final Duration LONGER_THAN_A_THROTTLE = Duration.ofSeconds(3);

  private final Clock clock = mock(Clock.class);
  private Permits permits;
  private AccountCare care;

  @BeforeEach
  void anAccount() {
    permits =
        new Permits(
            RedisForTests.standalone(), "care-" + UUID.randomUUID(), Duration.ofSeconds(20));
    permits.configure(List.of(ACCOUNT));
    Dialect dialect = Dialects.named("aop", null, null, Clock.systemUTC());
    DepartureGate gate = new DepartureGate(dialect, permits, new Guard(), null, null, null);
    care = new AccountCare(permits, null, null, gate, dialect, clock);
  }

  private void refusedAt(int second, Duration retryAfter) {
    when(clock.instant()).thenReturn(START.plusSeconds(second));
    care.heed(
        ACCOUNT,
        new Verdict(ReplyClass.THROTTLED, "gw.QosAppFrequencyLimit", "too fast", retryAfter, null));
  }

  private boolean restsForTheDay() {
    return permits.snapshot("any").get("a").freeIn().compareTo(LONGER_THAN_A_THROTTLE) > 0;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 1 2 3                 | false | the second's limit
          0 20 40 60              | false | 60 s are not over yet
          0 20 40 60 61           | true  | over 60 s of nothing but refusals
          0 61                    | true  | few calls are made; free for 60 s between
          0 62                    | false | 61 s free without a call
          0 1 7200 7201           | false | the end of one job and the beginning of the next
          0 50 7200 7250 7261     | true  | the second series is long enough by itself
          """)
  void refusalsAreTheDaysLimitWhenTheyGoOn(String seconds, boolean day, String why) {
    for (String second : seconds.split(" ")) {
      assertThat(restsForTheDay()).as("before the last refusal").isFalse();
      refusedAt(Integer.parseInt(second), null);
    }
    assertThat(restsForTheDay()).as(why).isEqualTo(day);
  }

  @Test
  void aGoodReplyBetweenEndsTheSeries() {
    refusedAt(0, null);
    refusedAt(40, null);
    care.heed(ACCOUNT, Verdict.of(ReplyClass.GONE, null, "not there"));
    refusedAt(61, null);
    assertThat(restsForTheDay()).isFalse();
  }

  @Test
  void aRestThatThePlatformNamedIsNoPause() {
    refusedAt(0, Duration.ofSeconds(2));
    refusedAt(62, null);
    assertThat(restsForTheDay()).as("free for 60 s only").isTrue();
  }
}
