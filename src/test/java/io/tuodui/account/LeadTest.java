package io.tuodui.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeadTest {
  private final AtomicLong nanos = new AtomicLong(-5_000_000_000L); // a ticker may start anywhere
  private final Lead lead = new Lead(nanos::get);

  @Test
  void isAsLongAsTheSlowestWayOfTheLastTenSecondsUpToAQuarterOfASecond() {
    assertThat(lead.current()).isZero();
    lead.took(Duration.ofMillis(40));
    lead.took(Duration.ofMillis(3));
    assertThat(lead.current()).isEqualTo(Duration.ofMillis(40));
    nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    lead.took(Duration.ofMillis(7));
    nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    assertThat(lead.current()).isEqualTo(Duration.ofMillis(7));
    lead.took(Duration.ofSeconds(3));
    assertThat(lead.current()).isEqualTo(Duration.ofMillis(250));
  }
}
