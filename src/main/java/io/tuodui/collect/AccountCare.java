package io.tuodui.collect;

import io.tuodui.account.Account;
import io.tuodui.account.Permits;
import io.tuodui.alert.Alerts;
import io.tuodui.gateway.Dialect;
import io.tuodui.gateway.Verdict;
import io.tuodui.token.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What a reply means for the account that made the call. */
@Component
public final class AccountCare {
  private static final Logger LOG = LoggerFactory.getLogger(AccountCare.class);

  private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

  private static final String NO_LIMIT =
      ". It has no limit of calls a second: give it limits.per-second";

  /** How long an account stays away after a throttle that names no time. */
  private static final Duration SHORT_REST = Duration.ofSeconds(1);

  /**
   * A throttle that goes on for longer is the day's, not the second's (protocol section 5). One
   * that comes so long after the account could have called again does not go on: nobody called.
   */
  private static final Duration SECONDS_LIMIT_AT_MOST = Duration.ofSeconds(60);

  private final Permits permits;
  private final Tokens tokens;
  private final Alerts alerts;
  private final DepartureGate gate;
  private final String api;
  private final Clock clock;
  private final Map<String, Throttle> throttles = new ConcurrentHashMap<>();
  private final Map<String, Instant> lastTold = new ConcurrentHashMap<>();

  /**
   * An account's refusals without a good reply between.
   *
   * @param since the first
   * @param restsUntil when the account may call again after the last
   */
  private record Throttle(Instant since, Instant restsUntil) {

    static Throttle next(Throttle before, Instant now, Duration rest) {
      Instant until = now.plus(rest);
      if (before == null
          || Duration.between(before.restsUntil, now).compareTo(SECONDS_LIMIT_AT_MOST) > 0) {
        return new Throttle(now, until);
      }
      return new Throttle(
          before.since, until.isAfter(before.restsUntil) ? until : before.restsUntil);
    }
  }

  AccountCare(
      Permits permits,
      Tokens tokens,
      Alerts alerts,
      DepartureGate gate,
      Dialect dialect,
      Clock clock) {
    this.permits = permits;
    this.tokens = tokens;
    this.alerts = alerts;
    this.gate = gate;
    this.api = dialect.api();
    this.clock = clock;
  }

  void heed(Account account, Verdict verdict) {
    switch (verdict.replyClass()) {
      case THROTTLED -> throttled(account, verdict);
      case QUOTA -> spent(account, verdict);
      case AUTH -> unauthorised(account, verdict);
      case MISCONFIGURED -> suspend(account, verdict, "check its app-key and app-secret");
      case FORBIDDEN -> forbidden(account, verdict);
      case SUCCEEDED, GONE -> throttles.remove(account.name());
      case INVALID, UPSTREAM, NETWORK, MALFORMED, POISON, UNSTORABLE -> {
        // Not the account's doing.
      }
    }
  }

  private void throttled(Account account, Verdict verdict) {
    Instant now = clock.instant();
    Duration rest = verdict.retryAfter() == null ? SHORT_REST : verdict.retryAfter();
    Throttle throttle =
        throttles.compute(account.name(), (name, before) -> Throttle.next(before, now, rest));
    if (Duration.between(throttle.since(), now).compareTo(SECONDS_LIMIT_AT_MOST) > 0) {
      spent(account, verdict);
      return;
    }
    if (isNews(account, now)) {
      LOG.warn(
          "{} was refused as too fast, and is slowed down: {} {}{}",
          account,
          verdict.code(),
          verdict.message(),
          account.limits().perSecond(api) == null ? NO_LIMIT : "");
    }
    gate.hold(account, rest);
    permits.slow(account.name());
    permits.rest(account.name(), rest);
  }

  /** Refusals may come by the thousand, with good replies between. */
  private boolean isNews(Account account, Instant now) {
    Instant last = lastTold.putIfAbsent(account.name(), now);
    return last == null
        || Duration.between(last, now).compareTo(BETWEEN_LINES) > 0
            && lastTold.replace(account.name(), last, now);
  }

  private void spent(Account account, Verdict verdict) {
    throttles.remove(account.name());
    if (verdict.retryAfter() == null) {
      LOG.warn("{} has used up its quota and rests until 00:00 GMT+8: {}", account, verdict.code());
      permits.restUntilDayReset(account.name());
    } else {
      LOG.warn("{} rests for {}: {}", account, verdict.retryAfter(), verdict.message());
      permits.rest(account.name(), verdict.retryAfter());
    }
  }

  private void unauthorised(Account account, Verdict verdict) {
    switch (tokens.refused(account)) {
      case RENEWING -> permits.rest(account.name(), Tokens.RENEWAL_TAKES);
      case NOT_RENEWABLE ->
          suspend(
              account,
              verdict,
              "its access token is not valid: authorise it again and set access-token");
      case RENEWED, LOST -> {
        // The call had the former token; or the account is suspended for its token already.
      }
    }
  }

  /** A refusal without a gateway's code is about one item's relation to the account. */
  private void forbidden(Account account, Verdict verdict) {
    if (verdict.code() == null) {
      return;
    }
    String reason =
        reason(verdict, "ask for the permission to call this API in the console of 1688");
    if (permits.forbid(account.name(), api, reason)) {
      alerts.forbidden(account, api, reason);
    }
  }

  private void suspend(Account account, Verdict verdict, String advice) {
    String reason = reason(verdict, advice);
    // Calls in flight find out as well; once is enough to say so.
    if (permits.suspend(account.name(), reason)) {
      alerts.suspended(account, reason);
    }
  }

  private static String reason(Verdict verdict, String advice) {
    return verdict.code() + " " + verdict.message() + "; " + advice;
  }
}
