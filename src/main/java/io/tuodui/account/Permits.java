package io.tuodui.account;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Says which account may make the next call, and when: the authority on limits for all nodes.
 *
 * <p>Calls of an account are paced: the next may start (1000 ms + guard) / per-second after the one
 * before, on Redis's clock, so that no window of 1000 ms + guard holds more than its per-second,
 * and not before a minute + guard after the one that is per-minute calls earlier. Its calls are
 * counted by days of GMT+8, the platform's (protocol section 5); when they are spent, it rests
 * until the next. All this holds once more for the calls of an API for which the account has
 * limits.
 *
 * <p>Of the accounts that could make a call now, the one that has waited longest makes it; one of
 * weight 2 comes to its turn twice as often as one of weight 1. Accounts without any limit go first
 * and need no Redis.
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
   * rest and its calls of the day. Suspended accounts and forbidden APIs are given another chance.
   * Newcomers wait two seconds, and as long as the furthest horizon asked for here, before their
   * first call. All nodes should be given the same accounts.
   */
  public void configure(Collection<Account> accounts) {
    unlimited.configure(accounts.stream().filter(Permits::isUnlimited).toList());
    limited.configure(accounts.stream().filter(account -> !isUnlimited(account)).toList());
  }

  private static boolean isUnlimited(Account account) {
    return account.limits().equals(Limits.NONE);
  }

  /**
   * Gives permits, each of the account that is free first, unless that is too far off. Who gets one
   * makes its call after the delay, or else hands it back.
   *
   * @param api what the calls are of
   * @param wanted how many permits, 1 or more; in Redis it is one step, so hundreds are too many
   * @param guard by how much calls may be late when they leave, added to the platform's windows
   * @param lead how far from now a permit lies at least: what a call takes to the wire. Those of
   *     accounts without limits lie at once
   * @param horizon how far from now an account may be free for a permit
   * @return as many as wanted; where permits are refused, these come last
   */
  public List<Reservation> reserve(
      String api, int wanted, Duration guard, Duration lead, Duration horizon) {
    List<Reservation> permits = new ArrayList<>(wanted);
    Reservation local = unlimited.reserve(api);
    while (local != null && local.granted()) {
      permits.add(local);
      if (permits.size() == wanted) {
        return permits;
      }
      local = unlimited.reserve(api);
    }
    if (local == null || !limited.isEmpty()) {
      permits.addAll(limited.reserve(api, wanted - permits.size(), guard, lead, horizon));
    }
    if (local != null) {
      fill(permits, wanted, local);
    }
    return permits;
  }

  /**
   * A permit of an account without limits, which needs no Redis.
   *
   * @return {@code null} when there is none that is free
   */
  public Reservation reserveUnlimited(String api) {
    Reservation local = unlimited.reserve(api);
    return local != null && local.granted() ? local : null;
  }

  /** Says of those refused that the sooner of two accounts is to be waited for. */
  private static void fill(List<Reservation> permits, int wanted, Reservation refusal) {
    permits.replaceAll(
        permit ->
            permit.granted() || permit.delay().compareTo(refusal.delay()) < 0 ? permit : refusal);
    while (permits.size() < wanted) {
      permits.add(refusal);
    }
  }

  /**
   * Takes back a permit that was not used: its call is given back to the minute and the day that it
   * was counted in; its slot is lost.
   */
  public void handBack(Reservation permit) {
    if (!unlimited.contains(permit.account())) {
      limited.handBack(permit);
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
   * second count once. An account without a limit a second is taken to have one of ten; one without
   * any limit is slowed down for this node alone, until the accounts are configured again.
   */
  public void slow(String account) {
    if (unlimited.contains(account)) {
      unlimited.slow(account);
    } else {
      limited.slow(account);
    }
  }

  /**
   * How many calls a second the account may make for now, as this node last heard.
   *
   * @param api what the calls are of
   * @return its configured limit at the most; {@code null} when it has none and the platform never
   *     refused it
   */
  public Double rate(Account account, String api) {
    Integer configured = account.limits().perSecond(api);
    Double learned = limited.rate(account.name());
    if (configured == null) {
      return learned;
    }
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

  /**
   * Lets an account make no call of an API again until it is configured again.
   *
   * @param reason for people to read; must hold no secret
   * @return whether that was not known; of several nodes that find it out at once, one is told so
   */
  public boolean forbid(String account, String api, String reason) {
    return unlimited.contains(account)
        ? unlimited.forbid(account, api, reason)
        : limited.forbid(account, api, reason);
  }

  /** The accounts that are suspended or may not call the API, each with the reason. */
  public Map<String, String> unusable(String api) {
    Map<String, String> reasons = new LinkedHashMap<>();
    snapshot(api)
        .forEach(
            (account, state) -> {
              if (state.unusableFor(api) != null) {
                reasons.put(account, state.unusableFor(api));
              }
            });
    return reasons;
  }

  /** How every account stands for calls of an API, by name. */
  public Map<String, AccountState> snapshot(String api) {
    Map<String, AccountState> states = new LinkedHashMap<>(unlimited.snapshot());
    states.putAll(limited.snapshot(api));
    return states;
  }
}
