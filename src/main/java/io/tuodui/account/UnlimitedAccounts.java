package io.tuodui.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The accounts without limits, in turn. There is nothing to share about them, so they need no
 * Redis: their rests and suspensions are this process's own, on its own clock.
 */
final class UnlimitedAccounts {

  private final Clock clock;
  private final AtomicInteger turn = new AtomicInteger();
  private final Map<String, Instant> restingUntil = new ConcurrentHashMap<>();
  private final Map<String, String> suspended = new ConcurrentHashMap<>();
  private volatile List<String> names = List.of();

  UnlimitedAccounts(Clock clock) {
    this.clock = clock;
  }

  void configure(Collection<String> configured) {
    names = List.copyOf(configured);
    restingUntil.keySet().retainAll(names);
    suspended.clear();
  }

  boolean contains(String account) {
    return names.contains(account);
  }

  boolean anyUsable() {
    return names.stream().anyMatch(name -> !suspended.containsKey(name));
  }

  /**
   * The next account that is free, else how long until one is; refused for good at {@code null}.
   */
  Reservation reserve() {
    List<String> all = names;
    Duration shortest = null;
    int start = turn.getAndIncrement();
    for (int i = 0; i < all.size(); i++) {
      String name = all.get(Math.floorMod(start + i, all.size()));
      if (!suspended.containsKey(name)) {
        Duration wait = freeIn(name);
        if (wait.isZero()) {
          return Reservation.granted(name, wait);
        }
        shortest = shortest == null || wait.compareTo(shortest) < 0 ? wait : shortest;
      }
    }
    return shortest == null ? null : Reservation.refused(shortest);
  }

  void rest(String account, Duration duration) {
    restUntil(account, clock.instant().plus(duration));
  }

  void restUntilDayReset(String account) {
    restUntil(account, DayReset.after(clock.instant()));
  }

  private void restUntil(String account, Instant wake) {
    restingUntil.merge(account, wake, (a, b) -> a.isAfter(b) ? a : b);
  }

  boolean suspend(String account, String reason) {
    return suspended.put(account, reason) == null;
  }

  void resume(String account) {
    suspended.remove(account);
  }

  Map<String, AccountState> snapshot() {
    Map<String, AccountState> states = new LinkedHashMap<>();
    names.forEach(
        name -> states.put(name, new AccountState(freeIn(name), 0, suspended.get(name), null)));
    return states;
  }

  private Duration freeIn(String account) {
    Instant wake = restingUntil.get(account);
    if (wake == null) {
      return Duration.ZERO;
    }
    Duration left = Duration.between(clock.instant(), wake);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
