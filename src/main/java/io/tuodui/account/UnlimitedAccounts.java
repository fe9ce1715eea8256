package io.tuodui.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The accounts without limits, in turn. There is nothing to share about them, so they need no
 * Redis: their rests, suspensions and forbidden APIs are this process's own, on its own clock.
 */
final class UnlimitedAccounts {

  private final Clock clock;
  private final AtomicInteger turn = new AtomicInteger();
  private final Map<String, Instant> restingUntil = new ConcurrentHashMap<>();
  private final Map<String, String> suspended = new ConcurrentHashMap<>();

  /** By account: of each API that it may not call, the reason. */
  private final Map<String, Map<String, String>> forbidden = new ConcurrentHashMap<>();

  /** Each as often as its weight says. */
  private volatile List<String> turns = List.of();

  /** Of those that the platform refused for being too fast. */
  private final Map<String, AssumedPace> paces = new ConcurrentHashMap<>();

  UnlimitedAccounts(Clock clock) {
    this.clock = clock;
  }

  void configure(Collection<Account> accounts) {
    turns = turns(accounts);
    restingUntil.keySet().retainAll(turns);
    suspended.clear();
    forbidden.clear();
    paces.clear();
  }

  /** Round by round: in each, all those whose weight is not used up yet. */
  private static List<String> turns(Collection<Account> accounts) {
    List<String> turns = new ArrayList<>();
    int heaviest = accounts.stream().mapToInt(Account::weight).max().orElse(0);
    for (int round = 0; round < heaviest; round++) {
      int used = round;
      accounts.stream().filter(a -> a.weight() > used).map(Account::name).forEach(turns::add);
    }
    return List.copyOf(turns);
  }

  boolean contains(String account) {
    return turns.contains(account);
  }

  /**
   * The next account that is free, else how long until one is; refused for good at {@code null}.
   */
  Reservation reserve(String api) {
    List<String> all = turns;
    Duration shortest = null;
    long asked = System.nanoTime();
    int start = turn.getAndIncrement();
    for (int i = 0; i < all.size(); i++) {
      String name = all.get(Math.floorMod(start + i, all.size()));
      if (!suspended.containsKey(name) && !forbiddenTo(name).containsKey(api)) {
        Duration wait = freeIn(name);
        if (wait.isZero() && takesItsTurn(name)) {
          return Reservation.uncounted(name, api, asked);
        }
        shortest = shortest == null || wait.compareTo(shortest) < 0 ? wait : shortest;
      }
    }
    return shortest == null ? null : Reservation.refused(api, shortest, asked);
  }

  /** Of two threads that ask for its one call, the slower gets none. */
  private boolean takesItsTurn(String account) {
    AssumedPace pace = paces.get(account);
    if (pace == null) {
      return true;
    }
    Instant now = clock.instant();
    return pace.isFree(now) && paces.replace(account, pace, pace.called(now));
  }

  void slow(String account) {
    Instant now = clock.instant();
    paces.compute(account, (name, before) -> AssumedPace.slower(before, now));
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

  boolean forbid(String account, String api, String reason) {
    Map<String, String> known =
        forbidden.computeIfAbsent(account, name -> new ConcurrentHashMap<>());
    return known.put(api, reason) == null;
  }

  private Map<String, String> forbiddenTo(String account) {
    return forbidden.getOrDefault(account, Map.of());
  }

  Map<String, AccountState> snapshot() {
    Map<String, AccountState> states = new LinkedHashMap<>();
    for (String name : turns) {
      states.computeIfAbsent(
          name,
          first ->
              new AccountState(
                  freeIn(first),
                  0,
                  suspended.get(first),
                  perSecond(first),
                  Map.copyOf(forbiddenTo(first))));
    }
    return states;
  }

  private Double perSecond(String account) {
    AssumedPace pace = paces.get(account);
    return pace == null ? null : pace.perSecond();
  }

  private Duration freeIn(String account) {
    AssumedPace pace = paces.get(account);
    Duration turn = pace == null ? Duration.ZERO : until(pace.next());
    Instant wake = restingUntil.get(account);
    Duration rest = wake == null ? Duration.ZERO : until(wake);
    return turn.compareTo(rest) > 0 ? turn : rest;
  }

  private Duration until(Instant time) {
    Duration left = Duration.between(clock.instant(), time);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
