package io.tuodui.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.tuodui.account.Account;
import io.tuodui.account.Limits;
import io.tuodui.account.Permits;
import io.tuodui.config.Accounts;
import io.tuodui.config.TuoduiProperties;
import io.tuodui.config.TuoduiProperties.AccountProperties;
import io.tuodui.config.TuoduiProperties.LimitProperties;
import io.tuodui.redis.RedisForTests;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A process with other accounts, beside a node and after its end: by a clock the test moves. */
@ExtendWith(OutputCaptureExtension.class)
class SharedAccountsTest {
  private static final Instant START = Instant.parse("2026-01-31T02:00:00Z");

  private final String prefix = "shared-" + UUID.randomUUID();
  private final Permits permits = permits();
  private final Permits other = permits();
  private final Clock clock = mock(Clock.class);
  private final SharedAccounts accounts = accounts("a", "b");

  private Permits permits() {
    return new Permits(RedisForTests.standalone(), prefix, Duration.ofSeconds(20));
  }

  private SharedAccounts accounts(String... names) {
    LimitProperties limits = new LimitProperties(10, null, null, List.of());
    Accounts own =
        new Accounts(
            Arrays.stream(names)
                .map(n -> new AccountProperties(n, "1", "s", null, null, null, 1, limits))
                .toList(),
            "here");
    permits.configure(own.all());
    TuoduiProperties properties = mock(TuoduiProperties.class, RETURNS_DEEP_STUBS);
    when(properties.queue().prefix()).thenReturn(prefix);
    return new SharedAccounts(permits, own, properties, clock);
  }

  private void startOther(String... names) {
    other.configure(
        Arrays.stream(names)
            .map(name -> new Account(name, "1", "s", null, new Limits(10, null)))
            .toList());
  }

  private Set<String> compareAt(long second) {
    when(clock.instant()).thenReturn(START.plusSeconds(second));
    accounts.compare(permits.snapshot("any").keySet());
    return permits.snapshot("any").keySet();
  }

  @Test
  void aNodeWhoseAccountsWereTakenSaysSoOnceAndConfiguresThemAgainAfterAWhile(
      CapturedOutput output) {
    assertThat(compareAt(0)).containsOnly("a", "b");
    startOther("c");
    assertThat(compareAt(10)).containsOnly("c");
    assertThat(compareAt(39)).containsOnly("c");
    assertThat(output)
        .containsOnlyOnce(
            "2 of this node's accounts are missing there (such as a), and 1 are unknown here (such as c)");
    assertThat(compareAt(40)).containsOnly("a", "b");
    assertThat(compareAt(41)).containsOnly("a", "b");
  }

  @Test
  void twoNodesWithOtherAccountsTakeTurns() {
    startOther("a", "c");
    compareAt(0);
    compareAt(30);
    startOther("a", "c");
    assertThat(compareAt(31)).as("not at once").containsOnly("a", "c");
    assertThat(compareAt(60)).containsOnly("a", "c");
    assertThat(compareAt(61)).containsOnly("a", "b");
  }

  /** Such as of an older list: nobody here could call with it. */
  @Test
  void anAccountTooManyIsRemovedAsWell() {
    startOther("a", "b", "c");
    compareAt(0);
    assertThat(compareAt(30)).containsOnly("a", "b");
    assertThat(accounts.find("c")).isEmpty();
  }
}
