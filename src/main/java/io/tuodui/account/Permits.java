package io.tuodui.account;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Says which account may make the next call, and when: the authority on limits for all nodes.
 *
 * <p>Calls of an account are paced: the next may start (1000 ms + guard) / per-second after the one
 * before, on Redis's clock, so that no window of 1000 ms + guard holds more than its per-second.
 * Its calls are counted by days of GMT+8, the platform's (protocol section 5); when they are spent,
 * it rests until the next. Accounts without any limit go first and need no Redis.
 *
 * <p>Every method that concerns an account with limits throws {@link DataAccessException} when
 * Redis is away: no permit is given then. Should Redis lose the accounts, the next reservation
 * configures them again and gives permits only after those given before are used or lapsed and the
 * platform's window has passed.
 */
public final class Permits {

  private final UnlimitedAccounts unlimited;
  private final LimitedAccounts limited;

  /**
   * Permits for no account yet; makes no call to Redis.
   *
   * @param redis standalone or cluster
   * @param prefix what its keys start with; {@code tuodui} if nothing speaks for another
   * @param regain how long an account that was slowed down takes to come back to where it was
   */
  public Permits(StringRedisTemplate redis, String prefix, Duration regain) {
    this(redis, prefix, regain, Clock.systemUTC());
  }

  /** As the other, with the clock by which accounts without limits rest. */
  Permits(StringRedisTemplate redis, String prefix, Duration regain, Clock clock) {
    limited = new LimitedAccounts(redis, prefix, regain);
    unlimited = new UnlimitedAccounts(clock);
  }

  /**
   * Makes these the accounts, all others unknown. Keeps what is known of an account: its pace, its
   * rest and its calls of the day. Suspended accounts are given another chance. Newcomers wait two
   * seconds, and as long as the furthest horizon asked for here, before their first call. All nodes
   * should be given the same accounts.
   */
  public void configure(Collection<Account> accounts) {
    unlimited.configure(accounts.stream().filter(Permits::isUnlimited).map(Account::name).toList());
    limited.configure(accounts.stream().filter(account -> !isUnlimited(account)).toList());
  }

  private static boolean isUnlimited(Account account) {
    return account.limits().equals(Limits.NONE);
  }

  /**
   * Gives a permit of the account that is free first, unless that is too far off. Who gets one
   * makes its call after the delay, or else hands it back.
   *
   * @param guard by how much calls may be late when they leave, added to the platform's second
   * @param horizon how far from now the permit may lie
   */
  public Reservation reserve(Duration guard, Duration horizon) {
    Reservation local = unlimited.reserve();
    if (local != null && (local.granted() || limited.isEmpty())) {
      return local;
    }
    Reservation shared = limited.reserve(guard, horizon);
    boolean localIsSooner =
        local != null && !shared.granted() && local.delay().compareTo(shared.delay()) < 0;
    return localIsSooner ? local : shared;
  }

  /** Takes back a permit that was not used: its call of the day is given back, its slot is lost. */
  public void handBack(String account) {
    if (!unlimited.contains(account)) {
      limited.handBack(account);
    }
  }

  /**
   * Lets an account make no call before the given time from now; never shortens an earlier rest.
   */
  public void rest(String account, Duration duration) {
    if (unlimited.contains(account)) {
      unlimited.rest(account, duration);
    } else {
      limited.rest(account, duration);
    }
  }

  /**
   * Lets an account rest until the platform counts a new day: five seconds past the next 00:00
   * GMT+8, so that neither a clock slightly ahead nor a reply under way at midnight costs the new
   * day.
   */
  public void restUntilDayReset(String account) {
    if (unlimited.contains(account)) {
      unlimited.restUntilDayReset(account);
    } else {
      limited.restUntilDayReset(account);
    }
  }

  /**
   * Halves an account's rate for all nodes, because the platform refused a call of it for being too
   * fast. It climbs back by itself, never above what is configured. Several refusals within a
   * second count once. An account without a limit a second has no rate to halve.
   */
  public void slow(String account) {
    if (!unlimited.contains(account)) {
      limited.slow(account);
    }
  }

  /**
   * How many calls a second the account may make for now, as this node last heard.
   *
   * @return its configured limit at the most; {@code null} when it has none
   */
  public Double rate(Account account) {
    Integer configured = account.limits().perSecond();
    if (configured == null) {
      return null;
    }
    Double learned = limited.rate(account.name());
    return learned == null ? configured : Math.min(learned, configured);
  }

  /**
   * Takes an account out of use until it is resumed or configured again.
   *
   * @param reason for people to read; must hold no secret
   * @return whether it was in use; of several nodes that suspend an account with limits, one is
   *     told so
   */
  public boolean suspend(String account, String reason) {
    return unlimited.contains(account)
        ? unlimited.suspend(account, reason)
        : limited.suspend(account, reason);
  }

  /** Takes a suspended account back into use, with the pace and rest it had. */
  public void resume(String account) {
    if (unlimited.contains(account)) {
      unlimited.resume(account);
    } else {
      limited.resume(account);
    }
  }

  /** The suspended accounts, each with the reason. */
  public Map<String, String> suspended() {
    Map<String, String> reasons = new LinkedHashMap<>();
    snapshot()
        .forEach(
            (account, state) -> {
              if (state.suspendedFor() != null) {
                reasons.put(account, state.suspendedFor());
              }
            });
    return reasons;
  }

  /** Whether there is an account that is not suspended; it may be resting. */
  public boolean anyUsable() {
    return unlimited.anyUsable() || limited.anyUsable();
  }

  /** How every account stands, by name, for metrics and the console. */
  public Map<String, AccountState> snapshot() {
    Map<String, AccountState> states = new LinkedHashMap<>(unlimited.snapshot());
    states.putAll(limited.snapshot());
    return states;
  }
}
