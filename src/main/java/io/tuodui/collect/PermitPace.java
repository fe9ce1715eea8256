package io.tuodui.collect;

import io.tuodui.account.Account;
import io.tuodui.account.AccountState;
import io.tuodui.account.Permits;
import io.tuodui.config.Accounts;
import io.tuodui.config.TuoduiProperties;
import io.tuodui.gateway.Dialect;
import io.tuodui.task.component.ClaimPace;
import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Claims what the accounts that can be used now will call for in the time that a batch takes, or in
 * half the horizon where that is longer: enough to use every permit although a slow call holds its
 * whole batch, and no more. No account usable, nothing claimed.
 */
@Component
public final class PermitPace implements ClaimPace {
  private static final long REFRESH_NANOS = Duration.ofMillis(500).toNanos();

  private final Permits permits;
  private final Accounts accounts;
  private final String api;
  private final Duration horizon;
  private double callsPerSecond;
  private long refreshedAt = System.nanoTime() - REFRESH_NANOS;

  PermitPace(Permits permits, Accounts accounts, Dialect dialect, TuoduiProperties properties) {
    this.api = dialect.api();
    this.permits = permits;
    this.accounts = accounts;
    this.horizon = properties.limits().horizon();
  }

  @Override
  public synchronized int claimable(int batchSize, int batches, Duration batchTook) {
    if (System.nanoTime() - refreshedAt >= REFRESH_NANOS) {
      callsPerSecond = usableCallsPerSecond();
      refreshedAt = System.nanoTime();
    }
    if (callsPerSecond == 0) {
      return 0;
    }
    double seconds = Math.max(horizon.toMillis() / 2, batchTook.toMillis()) / 1000.0;
    double share = callsPerSecond * seconds / batches;
    return (int) Math.min(batchSize, Math.max(1, Math.ceil(share)));
  }

  private double usableCallsPerSecond() {
    Map<String, AccountState> states = permits.snapshot(api);
    double sum = 0;
    for (Account account : accounts.all()) {
      AccountState state = states.get(account.name());
      boolean usable =
          state != null && state.unusableFor(api) == null && state.freeIn().compareTo(horizon) <= 0;
      if (usable) {
        sum += account.limits().sustained(api);
      }
    }
    return sum;
  }
}
