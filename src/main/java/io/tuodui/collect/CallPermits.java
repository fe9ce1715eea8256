package io.tuodui.collect;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tuodui.account.Account;
import io.tuodui.account.Guard;
import io.tuodui.account.Permits;
import io.tuodui.account.Reservation;
import io.tuodui.config.Accounts;
import io.tuodui.config.TuoduiProperties;
import io.tuodui.token.Tokens;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;

/** The step {@code permit}: reserves a call of the account that is free first, and waits for it. */
@Component
public final class CallPermits {
  private final Permits permits;
  private final Accounts accounts;
  private final Tokens tokens;
  private final Guard guard;
  private final Duration horizon;
  private final Timer waits;

  CallPermits(
      Permits permits,
      Accounts accounts,
      Tokens tokens,
      Guard guard,
      TuoduiProperties properties,
      MeterRegistry meters) {
    this.permits = permits;
    this.accounts = accounts;
    this.tokens = tokens;
    this.guard = guard;
    this.horizon = properties.limits().horizon();
    this.waits =
        Timer.builder("tuodui.permit.wait")
            .description("From asking for a permit until its turn has come")
            .register(meters);
  }

  /**
   * Waits until the call may leave, and leaves the account for the throttle: the properties {@code
   * accountName} and, when it has such a limit, {@code accountPerSecond}.
   *
   * @throws NoPermit when no account is free within the horizon
   */
  public void acquire(Exchange exchange, @ExchangeProperty(Call.PROPERTY) Call call)
      throws NoPermit, InterruptedException {
    long asked = System.nanoTime();
    Reservation reservation = permits.reserve(guard.current(), horizon);
    if (!reservation.granted()) {
      throw new NoPermit(reservation.delay());
    }
    Account account = accounts.named(reservation.account());
    long slot = asked + reservation.delay().toNanos();
    exchange.setProperty("accountName", account.name());
    exchange.setProperty("accountPerSecond", account.limits().perSecond());
    try {
      long left = slot - System.nanoTime();
      if (left > 0) {
        TimeUnit.NANOSECONDS.sleep(left);
      }
    } catch (InterruptedException stopped) {
      permits.handBack(account.name());
      throw stopped;
    }
    // With the token of now: it may have been renewed during the wait.
    call.permitted(tokens.current(account), slot);
    waits.record(System.nanoTime() - asked, TimeUnit.NANOSECONDS);
  }

  /** Gives back the permit of a call that was not made. */
  public void handBack(@ExchangeProperty(Call.PROPERTY) Call call) {
    permits.handBack(call.account().name());
  }
}
