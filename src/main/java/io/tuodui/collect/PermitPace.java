package io.tuodui.collect;

import io.tuodui.account.Account;
import io.tuodui.account.AccountState;
import io.tuodui.account.Permits;
import io.tuodui.config.Accounts;
import io.tuodui.config.TuoduiProperties;
import io.tuodui.gateway.Dialect;
import io.tuodui.node.NodeRegistry;
import io.tuodui.task.component.ClaimPace;
import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Claims this node's share of what the accounts that can be used now will call for while a batch is
 * worked on, and in one second more: enough to use every permit although a slow call holds its
 * whole batch, and no more, because what is claimed is lost time for a task whose node dies. No
 * account usable, nothing claimed.
 */
@Component
public final class PermitPace implements ClaimPace {
  private static final long REFRESH_NANOS = Duration.ofMillis(500).toNanos();

  /** How far ahead of the calls to claim: for as long no hiccup leaves a permit unused. */
  private static final double AHEAD_SECONDS = 1;

  private final Permits permits;
  private final Accounts accounts;
  private final SharedAccounts shared;
  private final String api;
  private final NodeRegistry nodes;
  private final Duration horizon;

  /** This node's share. */
  private double callsPerSecond;

  private long refreshedAt = System.nanoTime() - REFRESH_NANOS;

  PermitPace(
      Permits permits,
      Accounts accounts,
      SharedAccounts shared,
      Dialect dialect,
      NodeRegistry nodes,
      TuoduiProperties properties) {
    this.api = dialect.api();
    this.nodes = nodes;
    this.permits = permits;
    this.accounts = accounts;
    this.shared = shared;
    this.horizon = properties.limits().horizon();
  }

  @Override
  public synchronized int claimable(int batchSize, int batches, Duration work) {
    if (System.nanoTime() - refreshedAt >= REFRESH_NANOS) {
      callsPerSecond = usableCallsPerSecond() / nodes.collecting();
      refreshedAt = System.nanoTime();
    }
    double held = claimed(callsPerSecond, work);
    return (int) Math.min(batchSize, Math.ceil(held / batches));
  }

  /** How many tasks to hold. */
  static double claimed(double callsPerSecond, Duration work) {
    return callsPerSecond * (AHEAD_SECONDS + work.toNanos() / 1e9);
  }

  private double usableCallsPerSecond() {
    Map<String, AccountState> states = permits.snapshot(api);
    shared.compare(states.keySet());
    double sum = 0;
    for (Account account : accounts.all()) {
      AccountState state = states.get(account.name());
      boolean usable =
          state != null && state.unusableFor(api) == null && state.freeIn().compareTo(horizon) <= 0;
      if (usable) {
        double configured = account.limits().sustained(api);
        sum += state.perSecond() == null ? configured : Math.min(state.perSecond(), configured);
      }
    }
    return sum;
  }
}
