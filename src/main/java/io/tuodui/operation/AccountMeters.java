package io.tuodui.operation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tuodui.account.Account;
import io.tuodui.account.AccountState;
import io.tuodui.account.Permits;
import io.tuodui.config.Accounts;
import io.tuodui.gateway.Dialect;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/**
 * Gauges of each account: its rate, its calls of the day, its rest, and what it may not do; and how
 * many another process with other accounts has taken from this node.
 */
@Component
class AccountMeters implements MeterBinder {
  private final Accounts accounts;
  private final Remembered<Map<String, AccountState>> states;

  AccountMeters(Accounts accounts, Dialect dialect, Permits permits) {
    this.accounts = accounts;
    this.states = new Remembered<>(() -> permits.snapshot(dialect.api()));
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("tuodui.accounts.missing", states, remembered -> remembered.as(this::missing))
        .description("This node's accounts that another process with other accounts removed")
        .register(registry);
    for (Account account : accounts.all()) {
      gauge(
          registry,
          account,
          "tuodui.account.rate",
          "Calls a second it may make for now; less than configured after the platform refused it",
          state -> state.perSecond() == null ? Double.POSITIVE_INFINITY : state.perSecond());
      gauge(
          registry,
          account,
          "tuodui.account.calls.today",
          "Permits given for the running day of GMT+8, by all nodes",
          AccountState::callsToday);
      gauge(
          registry,
          account,
          "tuodui.account.rest.seconds",
          "Until its next call may leave",
          state -> state.freeIn().toMillis() / 1000.0);
      gauge(
          registry,
          account,
          "tuodui.account.suspended",
          "1 while it is out of use, until any node is started; else 0",
          state -> state.suspendedFor() == null ? 0 : 1);
      gauge(
          registry,
          account,
          "tuodui.account.forbidden",
          "APIs that the platform does not let it call, until any node is started",
          state -> state.forbidden().size());
    }
  }

  private double missing(Map<String, AccountState> there) {
    return accounts.all().stream().filter(own -> !there.containsKey(own.name())).count();
  }

  private void gauge(
      MeterRegistry registry,
      Account account,
      String name,
      String description,
      ToDoubleFunction<AccountState> value) {
    Gauge.builder(
            name,
            states,
            remembered ->
                remembered.as(
                    all -> {
                      AccountState state = all.get(account.name());
                      return state == null ? Double.NaN : value.applyAsDouble(state);
                    }))
        .description(description)
        .tag("account", account.name())
        .register(registry);
  }
}
