package io.tuodui.simulator;

import io.tuodui.account.Account;
import io.tuodui.account.Limits;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An account as the platform sees it: its limits, tokens, permissions and what it did. Safe for
 * several threads. The public methods let a test change the platform's mind while it runs.
 */
public final class SimulatedAccount {
  static final ZoneOffset PLATFORM_ZONE = ZoneOffset.ofHours(8);
  private static final long DAY_SECONDS = 86_400;

  private final Account account;
  private final Clock clock;
  private final AccountTokens tokens;
  private final Quirks.Throttle throttle;
  private final CallWindow second = new CallWindow(CallWindow.SECOND);
  private final CallWindow minute = new CallWindow(CallWindow.MINUTE);
  private final Map<String, CallWindow> apiSeconds = new HashMap<>();
  private final Map<String, CallWindow> apiMinutes = new HashMap<>();
  private final Map<String, Integer> apiAcceptedToday = new HashMap<>();
  private final long[] refusals = new long[Refusal.values().length];
  private int perApiSecond;
  private int perSecond;
  private int perDay;
  private boolean declined;
  private boolean tokenServiceUp = true;
  private long packageLeft = Long.MAX_VALUE;
  private Refusal refusedForToday;
  private long day;
  private long acceptedToday;
  private long calls;
  private long accepted;

  SimulatedAccount(Account account, Quirks quirks, Clock clock) {
    this.account = account;
    this.clock = clock;
    perApiSecond = quirks.perApiSecond();
    throttle = quirks.throttle();
    tokens = new AccountTokens(clock, account.appKey(), account.accessToken(), quirks);
    Limits limits = account.limits();
    perSecond = limits.perSecond() == null ? 0 : limits.perSecond();
    perDay = limits.perDay() == null ? 0 : limits.perDay();
  }

  /** From now on, this many calls of each API in any one second; 0 for no limit. */
  public synchronized void perApiSecond(int calls) {
    perApiSecond = calls;
  }

  /** From now on, this many calls in any one second; 0 for no limit. */
  public synchronized void perSecond(int calls) {
    perSecond = calls;
  }

  /** From now on, this many calls a day, with those already made; 0 for no limit. */
  public synchronized void perDay(int calls) {
    perDay = calls;
  }

  /** Makes all of its access tokens worthless; a refresh gives a good one. */
  public synchronized void expireTokens() {
    tokens.expire();
  }

  /** Makes its refresh token worthless, as when its owner withdraws the authorisation. */
  public synchronized void revokeRefreshToken() {
    tokens.revokeRefreshToken();
  }

  /** Whether the platform can give it tokens; if not, it answers {@code gw.ISP…}. */
  public synchronized void tokenService(boolean up) {
    tokenServiceUp = up;
  }

  /** Whether the platform declines its calls with {@code gw.APIACLDecline}. */
  public synchronized void decline(boolean yes) {
    declined = yes;
  }

  /** It has paid for this many more calls, after which follows {@code gw.NoUsageLeftError}. */
  public synchronized void packageOf(long moreCalls) {
    packageLeft = moreCalls;
  }

  Account account() {
    return account;
  }

  /**
   * Counts an arrival.
   *
   * @param api the name of the API that is called, {@code null} if there is none of that name
   * @return why the call is one too many in its second or minute, {@code null} if it is not
   */
  synchronized Refusal arrive(long nanos, String api) {
    calls++;
    Limits limits = account.limits();
    boolean overSecond = over(second.record(nanos), perSecond);
    boolean overMinute =
        limits.perMinute() != null && over(minute.record(nanos), limits.perMinute());
    Refusal ofApi = api == null ? null : arriveAt(api, limits.apis().get(api), nanos);
    if (ofApi != null) {
      return ofApi;
    }
    if (overSecond) {
      return Refusal.PER_SECOND;
    }
    return overMinute ? Refusal.PER_MINUTE : null;
  }

  private Refusal arriveAt(String api, Limits limits, long nanos) {
    int inSecond =
        apiSeconds.computeIfAbsent(api, first -> new CallWindow(CallWindow.SECOND)).record(nanos);
    if (over(inSecond, perApiSecond)) {
      return Refusal.PER_API_SECOND;
    }
    if (limits == null) {
      return null;
    }
    if (limits.perSecond() != null && over(inSecond, limits.perSecond())) {
      return Refusal.PER_API_SECOND;
    }
    int inMinute =
        apiMinutes.computeIfAbsent(api, first -> new CallWindow(CallWindow.MINUTE)).record(nanos);
    return limits.perMinute() != null && over(inMinute, limits.perMinute())
        ? Refusal.PER_API_MINUTE
        : null;
  }

  private static boolean over(int calls, int limit) {
    return limit > 0 && calls > limit;
  }

  synchronized boolean tokenValid(String token) {
    return tokens.valid(token);
  }

  /** Counts a call for a token, and says whether it can be served. */
  synchronized boolean tokenCall() {
    tokens.called();
    return tokenServiceUp;
  }

  synchronized String issueToken() {
    return tokens.issue();
  }

  synchronized boolean refreshTokenValid(String token) {
    return tokens.refreshTokenValid(token);
  }

  synchronized String refreshToken() {
    return tokens.refreshToken();
  }

  synchronized long refreshTokenEndMillis() {
    return tokens.refreshTokenEndMillis();
  }

  synchronized long tokensIssued() {
    return tokens.issued();
  }

  synchronized boolean declined() {
    return declined;
  }

  /**
   * The last check of a call that is right in itself: the limits.
   *
   * @param tooFast what {@link #arrive} said
   * @param api the name of the API
   * @return {@code null} if the call is accepted
   */
  synchronized Refusal admit(Refusal tooFast, String api) {
    long today = Math.floorDiv(secondsOfPlatform(), DAY_SECONDS);
    if (today != day) {
      day = today;
      acceptedToday = 0;
      apiAcceptedToday.clear();
      refusedForToday = null;
    }
    if (refusedForToday != null) {
      return refusedForToday;
    }
    if (tooFast != null) {
      refusedForToday = throttle == Quirks.Throttle.DAY ? tooFast : null;
      return tooFast;
    }
    if (perDay > 0 && acceptedToday >= perDay) {
      return Refusal.PER_DAY;
    }
    Limits ofApi = account.limits().apis().get(api);
    if (ofApi != null
        && ofApi.perDay() != null
        && apiAcceptedToday.getOrDefault(api, 0) >= ofApi.perDay()) {
      return Refusal.PER_API_DAY;
    }
    if (packageLeft <= 0) {
      return Refusal.PACKAGE;
    }
    packageLeft--;
    acceptedToday++;
    apiAcceptedToday.merge(api, 1, Integer::sum);
    accepted++;
    return null;
  }

  synchronized void refused(Refusal refusal) {
    refusals[refusal.ordinal()]++;
  }

  /** Seconds until calls refused for a limit can be accepted again; a day ends at 00:00 GMT+8. */
  long banSeconds(Refusal limit) {
    if (throttle == Quirks.Throttle.SECOND) {
      switch (limit) {
        case PER_SECOND, PER_API_SECOND:
          return 1;
        case PER_MINUTE, PER_API_MINUTE:
          return CallWindow.MINUTE.toSeconds();
        default:
          break;
      }
    }
    return DAY_SECONDS - Math.floorMod(secondsOfPlatform(), DAY_SECONDS);
  }

  private long secondsOfPlatform() {
    return Math.floorDiv(clock.millis(), 1000L) + PLATFORM_ZONE.getTotalSeconds();
  }

  synchronized SimulatorStats.AccountStats stats() {
    Map<String, Long> refused = new LinkedHashMap<>();
    Arrays.stream(Refusal.values())
        .filter(refusal -> refusals[refusal.ordinal()] > 0)
        .forEach(refusal -> refused.put(refusal.label(), refusals[refusal.ordinal()]));
    return new SimulatorStats.AccountStats(
        account.name(),
        account.appKey(),
        calls,
        accepted,
        refused,
        second.max(),
        refusals[Refusal.SIGNATURE_INVALID.ordinal()],
        tokens.calls(),
        tokens.issued());
  }
}
