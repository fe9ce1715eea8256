package io.tuodui.collect;

import io.tuodui.account.Account;
import io.tuodui.account.AccountState;
import io.tuodui.account.Permits;
import io.tuodui.config.Accounts;
import io.tuodui.config.TuoduiProperties;
import io.tuodui.task.component.ClaimPace;
import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Claims no more than the accounts that can be used now will call for within half the horizon: no
 * account usable, nothing claimed.
 */
@Component
public final class PermitPace implements ClaimPace {
  private static final long REFRESH_NANOS = Duration.ofMillis(500).toNanos();

  private final Permits permits;
  private final Accounts accounts;
  private final Duration horizon;
  private double callsPerSecond;
  private long refreshedAt = System.nanoTime() - REFRESH_NANOS;

  PermitPace(Permits permits, Accounts accounts, TuoduiProperties properties) {
    this.permits = permits;
    this.accounts = accounts;
    this.horizon = properties.limits().horizon();
  }

  @Override
  public synchronized int claimable(int batchSize, int batches) {
    if (System.nanoTime() - refreshedAt >= REFRESH_NANOS) {
      callsPerSecond = usableCallsPerSecond();
      refreshedAt = System.nanoTime();
    }
    if (callsPerSecond == 0) {
      return 0;
    }
    double share = callsPerSecond * horizon.toMillis() / 2000.0 / batches;
    return (int) Math.min(batchSize, Math.max(1, Math.ceil(share)));
  }

  private double usableCallsPerSecond() {
    Map<String, AccountState> states = permits.snapshot();
    double sum = 0;
    for (Account account : accounts.all()) {
      AccountState state = states.get(account.name());
      boolean usable =
          state != null && state.suspendedFor() == null && state.freeIn().compareTo(horizon) <= 0;
      if (usable) {
        Integer perSecond = account.limits().perSecond();
        sum += perSecond == null ? Double.POSITIVE_INFINITY : perSecond;
      }
    }
    return sum;
  }
}
