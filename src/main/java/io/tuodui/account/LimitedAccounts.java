package io.tuodui.account;

import io.tuodui.redis.LuaScript;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * The accounts with limits, shared by all nodes through Redis. All keys carry one hash tag, so that
 * a script sees them all on a Redis Cluster too; the scripts' heads say what they hold.
 */
final class LimitedAccounts {

  /** Of a newcomer's wait: the platform's window of a second, and a second for late calls. */
  private static final Duration SETTLE = Duration.ofSeconds(2);

  /** When to ask again if no account can be used: some other node may configure or resume one. */
  private static final Duration NONE_USABLE = Duration.ofSeconds(1);

  private static final LuaScript CONFIGURE = LuaScript.named("permit-configure");
  private static final LuaScript RESERVE = LuaScript.named("permit-rate", "permit-reserve");
  private static final LuaScript HAND_BACK = LuaScript.named("permit-hand-back");
  private static final LuaScript REST = LuaScript.named("permit-rest");
  private static final LuaScript SUSPEND = LuaScript.named("permit-suspend");
  private static final LuaScript STATE = LuaScript.named("permit-rate", "permit-state");
  private static final LuaScript SLOW = LuaScript.named("permit-rate", "permit-slow");

  private final StringRedisTemplate redis;
  private final String next;
  private final String limits;
  private final String parked;
  private final String suspended;
  private final String day;
  private final String learned;
  private final Duration regain;

  /** The rate of each account as last heard of, calls a second; what is configured at the most. */
  private final Map<String, Double> rates = new ConcurrentHashMap<>();

  /** What the last configuration said, to repeat it should Redis lose it. */
  private volatile List<String> configuration = List.of();

  /** The furthest ahead that a permit was ever asked for here, in ms. */
  private final AtomicLong furthest = new AtomicLong();

  LimitedAccounts(StringRedisTemplate redis, String prefix, Duration regain) {
    String start = prefix + ":{limits}:";
    this.redis = redis;
    this.next = start + "next";
    this.limits = start + "limits";
    this.parked = start + "parked";
    this.suspended = start + "suspended";
    this.day = start + "day";
    this.learned = start + "learned";
    this.regain = regain;
  }

  void configure(Collection<Account> accounts) {
    List<String> args = new ArrayList<>();
    for (Account account : accounts) {
      args.add(account.name());
      args.add(orZero(account.limits().perSecond()));
      args.add(orZero(account.limits().perDay()));
    }
    configuration = accounts.isEmpty() ? List.of() : List.copyOf(args);
    repeatConfiguration();
  }

  private void repeatConfiguration() {
    if (!configuration.isEmpty()) {
      List<String> args = new ArrayList<>(List.of(millis(settle())));
      args.addAll(configuration);
      CONFIGURE.run(redis, List.of(next, limits, parked, suspended), args);
    }
  }

  /**
   * How long a newcomer waits. It may be an account that Redis lost, with calls permitted as far
   * ahead as was asked for: these must be over first. All nodes ask alike, so what this node asked
   * for speaks for the others' permits too.
   */
  private Duration settle() {
    return SETTLE.plusMillis(furthest.get());
  }

  boolean isEmpty() {
    return configuration.isEmpty();
  }

  Reservation reserve(Duration guard, Duration horizon) {
    if (isEmpty()) {
      return Reservation.refused(NONE_USABLE);
    }
    furthest.accumulateAndGet(horizon.toMillis(), Math::max);
    List<String> args =
        List.of(millis(guard), millis(horizon), millis(DayReset.MARGIN), millis(regain));
    List<String> answer = RESERVE.run(redis, List.of(next, limits, parked, day, learned), args);
    Duration wait = Duration.of(Long.parseLong(answer.get(2)), ChronoUnit.MICROS);
    switch (answer.get(0)) {
      case "granted":
        rates.put(answer.get(1), Double.valueOf(answer.get(3)));
        return Reservation.granted(answer.get(1), wait);
      case "refused":
        return Reservation.refused(wait);
      case "lost":
        repeatConfiguration();
        return Reservation.refused(settle());
      default:
        return Reservation.refused(NONE_USABLE);
    }
  }

  boolean anyUsable() {
    return !isEmpty() && Objects.requireNonNull(redis.opsForZSet().zCard(next)) > 0;
  }

  void handBack(String account) {
    HAND_BACK.run(redis, List.of(next, limits, parked, day), List.of(account));
  }

  void rest(String account, Duration duration) {
    rest(account, millis(duration));
  }

  void restUntilDayReset(String account) {
    rest(account, "day");
  }

  private void rest(String account, String until) {
    List<String> args = List.of(account, until, millis(DayReset.MARGIN));
    REST.run(redis, List.of(next, limits, parked), args);
  }

  void slow(String account) {
    List<String> args = List.of(account, millis(SETTLE.dividedBy(2)), millis(regain));
    rates.put(account, Double.valueOf(SLOW.run(redis, List.of(limits, learned), args).get(0)));
  }

  /** Calls a second for now, as last heard of; {@code null} when nothing was. */
  Double rate(String account) {
    return rates.get(account);
  }

  boolean suspend(String account, String reason) {
    List<String> changed =
        SUSPEND.run(
            redis, List.of(next, limits, parked, suspended), List.of(account, "suspend", reason));
    return changed.get(0).equals("1");
  }

  void resume(String account) {
    SUSPEND.run(redis, List.of(next, limits, parked, suspended), List.of(account, "resume", ""));
  }

  Map<String, AccountState> snapshot() {
    Map<String, AccountState> states = new TreeMap<>();
    if (isEmpty()) {
      return states;
    }
    List<String> flat = states();
    if (flat.isEmpty()) {
      // Redis was emptied. Whoever goes by this would otherwise see no account, and never ask for a
      // permit.
      repeatConfiguration();
      flat = states();
    }
    for (int i = 0; i < flat.size(); i += 6) {
      Duration freeIn = Duration.of(Long.parseLong(flat.get(i + 1)), ChronoUnit.MICROS);
      double perSecond = Double.parseDouble(flat.get(i + 5));
      Double rate = perSecond == 0 ? null : perSecond;
      String reason = flat.get(i + 3).equals("suspended") ? flat.get(i + 4) : null;
      states.put(
          flat.get(i), new AccountState(freeIn, Long.parseLong(flat.get(i + 2)), reason, rate));
    }
    return states;
  }

  private List<String> states() {
    return STATE.run(
        redis,
        List.of(next, limits, parked, suspended, day, limits, learned),
        List.of(millis(regain)));
  }

  private static String orZero(Integer limit) {
    return limit == null ? "0" : limit.toString();
  }

  /** In whole milliseconds, rounded up: a guard must not become smaller on its way. */
  private static String millis(Duration time) {
    return Long.toString(Math.max(0, time.plusNanos(999_999).toMillis()));
  }
}
