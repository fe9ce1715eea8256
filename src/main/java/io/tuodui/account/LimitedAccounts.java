package io.tuodui.account;

import io.tuodui.redis.LuaScript;
import io.tuodui.redis.RedisClock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * The accounts with limits, shared by all nodes through Redis. All keys carry one hash tag, so that
 * a script sees them all on a Redis Cluster too; the scripts' heads say what they hold.
 */
final class LimitedAccounts {

  /** Of a newcomer's wait: the platform's window of a second, and the time for late calls. */
  private static final Duration SETTLE = Duration.ofSeconds(1).plus(Departures.LATEST);

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** When to ask again if no account can be used: some other node may configure or resume one. */
  private static final Duration NONE_USABLE = Duration.ofSeconds(1);

  private static final LuaScript CONFIGURE = script("permit-configure");
  private static final LuaScript RESERVE = script("permit-rate", "permit-reserve");
  private static final LuaScript HAND_BACK = script("permit-hand-back");
  private static final LuaScript REST = script("permit-rest");
  private static final LuaScript SUSPEND = script("permit-suspend");
  private static final LuaScript FORBID = script("permit-forbid");
  private static final LuaScript STATE = script("permit-rate", "permit-state");
  private static final LuaScript SLOW = script("permit-rate", "permit-slow");

  private final StringRedisTemplate redis;
  private final List<String> keys;
  private final Duration regain;
  private final RedisClock clock = new RedisClock();

  /** The rate of each account as last heard of, calls a second; what is configured at the most. */
  private final Map<String, Double> rates = new ConcurrentHashMap<>();

  /** What the last configuration said, to repeat it should Redis lose it. */
  private volatile List<String> configuration = List.of();

  /** The furthest ahead that a permit was ever asked for here, in ms. */
  private final AtomicLong furthest = new AtomicLong();

  LimitedAccounts(StringRedisTemplate redis, String prefix, Duration regain) {
    this.redis = redis;
    this.keys = List.of(prefix + ":{limits}:");
    this.regain = regain;
  }

  private static LuaScript script(String... names) {
    return LuaScript.named(
        Stream.concat(Stream.of("clock", "permit-keys"), Arrays.stream(names))
            .toArray(String[]::new));
  }

  private List<String> run(LuaScript script, String... args) {
    return script.run(redis, keys, List.of(args));
  }

  void configure(Collection<Account> accounts) {
    List<String> args = new ArrayList<>(List.of(Integer.toString(accounts.size())));
    for (Account account : accounts) {
      args.add(account.name());
      addWindows(args, account.limits());
      args.add(Integer.toString(account.weight()));
    }
    for (Account account : accounts) {
      account
          .limits()
          .apis()
          .forEach(
              (api, limits) -> {
                args.add(account.name());
                args.add(api);
                addWindows(args, limits);
              });
    }
    configuration = accounts.isEmpty() ? List.of() : List.copyOf(args);
    repeatConfiguration();
  }

  private static void addWindows(List<String> args, Limits limits) {
    for (Integer calls : Arrays.asList(limits.perSecond(), limits.perMinute(), limits.perDay())) {
      args.add(calls == null ? "0" : calls.toString());
    }
  }

  private void repeatConfiguration() {
    if (!configuration.isEmpty()) {
      Duration minute = furthest.get() == 0 ? Duration.ZERO : MINUTE;
      List<String> args = new ArrayList<>(List.of(millis(settle()), millis(minute)));
      args.addAll(configuration);
      CONFIGURE.run(redis, keys, args);
    }
  }

  /**
   * How long a newcomer waits. It may be an account that Redis lost, with calls permitted as far
   * ahead as was asked for: these must be over first. All nodes ask alike, so what this node asked
   * for speaks for the others' permits too. Of an account with a limit a minute, that minute must
   * be over too; only a node that never asked for a permit need not wait for it.
   */
  private Duration settle() {
    return SETTLE.plusMillis(furthest.get());
  }

  boolean isEmpty() {
    return configuration.isEmpty();
  }

  /** As many reservations as wanted, the refused last. */
  List<Reservation> reserve(
      String api, int wanted, Duration guard, Duration lead, Duration horizon) {
    long asked = System.nanoTime();
    if (isEmpty()) {
      return Collections.nCopies(wanted, Reservation.refused(api, NONE_USABLE, asked));
    }
    furthest.accumulateAndGet(horizon.toMillis(), Math::max);
    List<String> answer =
        run(
            RESERVE,
            api,
            Integer.toString(wanted),
            millis(guard),
            millis(horizon),
            millis(DayReset.MARGIN),
            millis(regain),
            millis(lead));
    long time = Long.parseLong(answer.get(2));
    clock.heard(time, asked, System.nanoTime());
    // Of an answer that took long it is not known when Redis gave it: too late does no harm, too
    // early does.
    long given = clock.surelyAt(time);
    List<Reservation> permits = new ArrayList<>(wanted);
    for (int i = 3; i < answer.size(); i += 4) {
      String account = answer.get(i);
      Duration wait = micros(answer.get(i + 1));
      permits.add(new Reservation(account, api, wait, given, Long.parseLong(answer.get(i + 2))));
      heard(account, answer.get(i + 3));
    }
    if (permits.size() < wanted) {
      Reservation refusal = Reservation.refused(api, refusedFor(answer), given);
      permits.addAll(Collections.nCopies(wanted - permits.size(), refusal));
    }
    return permits;
  }

  private Duration refusedFor(List<String> answer) {
    switch (answer.get(0)) {
      case "refused":
        return micros(answer.get(1));
      case "lost":
        repeatConfiguration();
        return settle();
      default:
        return NONE_USABLE;
    }
  }

  void handBack(Reservation permit) {
    run(HAND_BACK, permit.account(), permit.api(), Long.toString(permit.slot()));
  }

  void rest(String account, Duration duration) {
    run(REST, account, millis(duration), millis(DayReset.MARGIN));
  }

  void restUntilDayReset(String account) {
    run(REST, account, "day", millis(DayReset.MARGIN));
  }

  void slow(String account) {
    heard(
        account,
        run(
                SLOW,
                account,
                millis(SETTLE.dividedBy(2)),
                millis(regain),
                Integer.toString(Limits.ASSUMED_PER_SECOND))
            .get(0));
  }

  /** Of an account without a limit a second that was never refused, the rate is 0. */
  private void heard(String account, String rate) {
    double perSecond = Double.parseDouble(rate);
    if (perSecond > 0) {
      rates.put(account, perSecond);
    }
  }

  /** Calls a second for now, as last heard of; {@code null} when nothing was. */
  Double rate(String account) {
    return rates.get(account);
  }

  boolean suspend(String account, String reason) {
    return run(SUSPEND, account, "suspend", reason).get(0).equals("1");
  }

  void resume(String account) {
    run(SUSPEND, account, "resume", "");
  }

  boolean forbid(String account, String api, String reason) {
    return run(FORBID, account, api, reason).get(0).equals("1");
  }

  Map<String, AccountState> snapshot(String api) {
    Map<String, AccountState> states = new TreeMap<>();
    if (isEmpty()) {
      return states;
    }
    List<String> all = run(STATE, millis(regain), api);
    if (all.isEmpty()) {
      // Redis was emptied. Whoever goes by this would otherwise see no account, and never ask for a
      // permit.
      repeatConfiguration();
      all = run(STATE, millis(regain), api);
    }
    for (Iterator<String> values = all.iterator(); values.hasNext(); ) {
      states.put(values.next(), state(values));
    }
    return states;
  }

  /** In the order in which permit-state tells it. */
  private static AccountState state(Iterator<String> values) {
    Duration freeIn = micros(values.next());
    long callsToday = Long.parseLong(values.next());
    boolean suspended = values.next().equals("suspended");
    String reason = values.next();
    double perSecond = Double.parseDouble(values.next());
    Map<String, String> forbidden = new TreeMap<>();
    for (int left = Integer.parseInt(values.next()); left > 0; left--) {
      forbidden.put(values.next(), values.next());
    }
    return new AccountState(
        freeIn,
        callsToday,
        suspended ? reason : null,
        perSecond == 0 ? null : perSecond,
        forbidden);
  }

  private static Duration micros(String time) {
    return Duration.of(Long.parseLong(time), ChronoUnit.MICROS);
  }

  /** In whole milliseconds, rounded up: a guard must not become smaller on its way. */
  private static String millis(Duration time) {
    return Long.toString(Math.max(0, time.plusNanos(999_999).toMillis()));
  }
}
