package io.tuodui.collect;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tuodui.account.Account;
import io.tuodui.account.Lead;
import io.tuodui.account.Permits;
import io.tuodui.account.Reservation;
import io.tuodui.task.component.TasksEndpoint;
import io.tuodui.token.Tokens;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** The step {@code permit}: reserves a call of the account that is free first, and waits for it. */
@Component
public final class CallPermits {
  private static final Logger LOG = LoggerFactory.getLogger(CallPermits.class);

  /** Until this node or the other has configured the accounts again. */
  private static final Duration UNKNOWN = Duration.ofSeconds(1);

  private final Permits permits;
  private final PermitDesk desk;
  private final Lead lead;
  private final SharedAccounts accounts;
  private final Tokens tokens;
  private final Timer waits;

  CallPermits(
      Permits permits,
      PermitDesk desk,
      Lead lead,
      SharedAccounts accounts,
      Tokens tokens,
      MeterRegistry meters) {
    this.permits = permits;
    this.desk = desk;
    this.lead = lead;
    this.accounts = accounts;
    this.tokens = tokens;
    this.waits =
        Timer.builder("tuodui.permit.wait")
            .description("From asking for a permit until its turn has come")
            .register(meters);
  }

  /**
   * Waits until the call must set out to leave on time, and leaves the account for the throttle:
   * the properties {@code accountName} and, when it has such a limit, {@code accountPerSecond}.
   *
   * @throws NoPermit when no account is free within the horizon, or one that is not this node's
   */
  public void acquire(Exchange exchange, @ExchangeProperty(Call.PROPERTY) Call call)
      throws NoPermit, InterruptedException {
    long asked = System.nanoTime();
    Reservation permit = desk.reserve();
    if (!permit.granted()) {
      throw new NoPermit(permit.delay());
    }
    Optional<Account> known = accounts.find(permit.account());
    if (known.isEmpty()) {
      giveBack(permit);
      throw new NoPermit(UNKNOWN);
    }
    Account account = known.get();
    exchange.setProperty("accountName", account.name());
    exchange.setProperty("accountPerSecond", account.limits().perSecond(permit.api()));
    long setOutAt = Math.max(permit.givenAt(), permit.leavesAt() - lead.current().toNanos());
    try {
      long left = setOutAt - System.nanoTime();
      if (left > 0) {
        TimeUnit.NANOSECONDS.sleep(left);
      }
    } catch (InterruptedException stopped) {
      giveBack(permit);
      throw stopped;
    }
    // With the token of now: it may have been renewed during the wait.
    call.permitted(tokens.current(account), permit, setOutAt);
    Duration waited = Duration.ofNanos(System.nanoTime() - asked);
    waits.record(waited);
    LongAccumulator longest =
        exchange.getProperty(TasksEndpoint.LONGEST_WAIT, LongAccumulator.class);
    longest.accumulate(call.waited(waited).toNanos());
  }

  /** Gives back the permit of a call that has not left; without one, does nothing. */
  public void handBack(@ExchangeProperty(Call.PROPERTY) Call call) {
    Reservation unused = call.takeUnusedPermit();
    if (unused != null) {
      giveBack(unused);
    }
  }

  private void giveBack(Reservation permit) {
    try {
      permits.handBack(permit);
    } catch (DataAccessException away) {
      // It costs the account one call of its day; thrown, it would cost the batch its replies.
      LOG.debug("A permit of {} is not handed back: {}", permit.account(), away.getMessage());
    }
  }
}
