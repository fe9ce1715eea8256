package io.tuodui.simulator;

import io.tuodui.account.Account;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The accounts that the platform knows, by app key. */
final class Registry {
  private static final String NOBODY = "nobody";

  private final Map<String, SimulatedAccount> byAppKey = new LinkedHashMap<>();
  private final SimulatedAccount strangers;

  Registry(List<Account> accounts, Quirks quirks, Clock clock) {
    for (Account account : accounts) {
      byAppKey.put(account.appKey(), new SimulatedAccount(account, quirks, clock));
    }
    strangers = new SimulatedAccount(new Account(NOBODY, NOBODY, "", null, null), quirks, clock);
  }

  /** {@code null} if there is none. */
  SimulatedAccount find(String appKey) {
    return byAppKey.get(appKey);
  }

  /** From now on, every account's calls in any one second; 0 for no limit. */
  void perSecond(int calls) {
    byAppKey.values().forEach(account -> account.perSecond(calls));
  }

  /** Stands for all callers whom the platform does not know, so that their calls are counted. */
  SimulatedAccount strangers() {
    return strangers;
  }

  List<SimulatorStats.AccountStats> stats() {
    return byAppKey.values().stream().map(SimulatedAccount::stats).toList();
  }
}
