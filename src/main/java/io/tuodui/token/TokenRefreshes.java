package io.tuodui.token;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tuodui.account.Account;
import io.tuodui.alert.Alerts;
import io.tuodui.config.Accounts;
import io.tuodui.config.TuoduiProperties;
import io.tuodui.gateway.GatewayRequest;
import io.tuodui.gateway.TokenRefresh;
import io.tuodui.gateway.TokenReply;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpConstants;
import org.apache.camel.component.http.HttpMethods;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The steps of the route {@code renew-token}, which asks for the new tokens of one account. */
@Component
public final class TokenRefreshes {
  private static final Logger LOG = LoggerFactory.getLogger(TokenRefreshes.class);
  private static final String REFRESH = "refresh";

  /** As many as the route's split has threads, so that no claim runs out while it waits. */
  private static final int AT_ONCE = 10;

  /** What a claim lasts beyond the time-outs of the call: to store what came of it. */
  private static final Duration TO_STORE = Duration.ofSeconds(30);

  private static final long FIRST_WAIT_MILLIS = 2_000;
  private static final long LONGEST_WAIT_MILLIS = 60_000;

  /** So many failures in a row take about a minute; an outage of that length is told. */
  private static final int FAILURES_TO_TELL = 6;

  /** The platform extends refresh tokens in their last 30 days only, and only for a person. */
  private static final Duration ENDS_SOON = Duration.ofDays(14);

  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Tokens tokens;
  private final TokenStore store;
  private final Accounts accounts;
  private final Alerts alerts;
  private final MeterRegistry meters;
  private final Clock clock;
  private final Duration ahead;
  private final Duration lease;

  TokenRefreshes(
      Tokens tokens,
      TokenStore store,
      Accounts accounts,
      Alerts alerts,
      TuoduiProperties properties,
      MeterRegistry meters,
      Clock clock) {
    this.tokens = tokens;
    this.store = store;
    this.accounts = accounts;
    this.alerts = alerts;
    this.meters = meters;
    this.clock = clock;
    this.ahead = properties.tokens().ahead();
    TuoduiProperties.Gateway gateway = properties.gateway();
    this.lease =
        TO_STORE
            .plusMillis((long) gateway.connectTimeout() + gateway.poolTimeout())
            .plus(gateway.longestReply());
  }

  /**
   * Takes over what other nodes did, and claims what is to be renewed now: each only once, however
   * many nodes look.
   */
  public List<Refresh> claim() {
    List<Refresh> claimed = new ArrayList<>();
    for (StoredToken row : tokens.takeOver()) {
      if (row.due() && claimed.size() < AT_ONCE) {
        try {
          claim(row).ifPresent(claimed::add);
        } catch (UnreadableToken problem) {
          tokens.passOver(row, problem);
        }
      }
    }
    return claimed;
  }

  private Optional<Refresh> claim(StoredToken row) throws UnreadableToken {
    Account account = accounts.named(row.account());
    // Before the claim, which would keep away the nodes that can read it.
    String refreshToken = tokens.seals().refreshToken(row);
    String claim = UUID.randomUUID().toString();
    return store.claim(row, claim, lease)
        ? Optional.of(new Refresh(account, refreshToken, row.version(), claim, row.failures()))
        : Optional.empty();
  }

  /** Writes the request into the message, exactly as it is to be sent. */
  public void write(Exchange exchange, @Body Refresh refresh) {
    exchange.setProperty(REFRESH, refresh);
    GatewayRequest request = TokenRefresh.request(refresh.account(), refresh.refreshToken());
    Message message = exchange.getMessage();
    message.setHeader(HttpConstants.HTTP_METHOD, HttpMethods.valueOf(request.method()));
    message.setHeader(HttpConstants.HTTP_PATH, request.path());
    message.setHeader(
        HttpConstants.CONTENT_TYPE, "application/x-www-form-urlencoded; charset=UTF-8");
    message.setBody(request.form().getBytes(StandardCharsets.US_ASCII));
  }

  /** Reads the reply into the body. */
  public void read(Exchange exchange) {
    Message message = exchange.getMessage();
    int status = message.getHeader(HttpConstants.HTTP_RESPONSE_CODE, Integer.class);
    byte[] body = message.getBody(byte[].class);
    message.removeHeaders("*");
    message.setBody(TokenRefresh.read(status, body == null ? new byte[0] : body));
  }

  /** There is no reply. */
  public TokenReply unanswered(@ExchangeException Exception cause) {
    return TokenReply.failed(cause.getClass().getSimpleName() + " " + cause.getMessage());
  }

  /** Stores what came of it; may be repeated. */
  public void keep(@ExchangeProperty(REFRESH) Refresh refresh, @Body TokenReply reply)
      throws UnreadableToken {
    switch (reply.kind()) {
      case GRANTED -> replace(refresh, reply);
      case REFUSED -> tokens.giveUp(refresh.account(), refresh.version(), reply.message());
      case FAILED -> postpone(refresh, reply);
    }
    Counter.builder("tuodui.token.refreshes")
        .description("Asking for a new access token, by what came of it")
        .tag("outcome", reply.kind().name().toLowerCase(Locale.ROOT))
        .register(meters)
        .increment();
  }

  private void replace(Refresh refresh, TokenReply reply) throws UnreadableToken {
    Account account = refresh.account();
    boolean first =
        store.replace(
            refresh,
            tokens.seals().sealAccess(account.name(), reply.accessToken()),
            tokens.seals().sealRefresh(account.name(), reply.refreshToken()),
            reply.life(),
            reply.refreshTokenEnds(),
            nextIn(reply.life()));
    tokens.takeOver(account.name());
    if (first) {
      LOG.info("The access token of {} was renewed for {}", account, reply.life());
      tellOfEnd(account, reply.refreshTokenEnds());
    }
  }

  /** In the second half of its life, and earlier by up to a tenth, so that not all come at once. */
  private Duration nextIn(Duration life) {
    Duration half = life.dividedBy(2);
    Duration before = ahead.plusMillis(random.nextLong(ahead.toMillis() / 10 + 1));
    Duration next = life.minus(before);
    return next.compareTo(half) > 0 ? next : half;
  }

  private void tellOfEnd(Account account, Instant ends) {
    if (ends != null && clock.instant().plus(ENDS_SOON).isAfter(ends)) {
      alerts.raise(
          "refresh-token-ends",
          account,
          "The refresh token of " + account + " ends at " + ends + ": authorise it again");
    }
  }

  private void postpone(Refresh refresh, TokenReply reply) {
    Account account = refresh.account();
    int failures = refresh.failures() + 1;
    long bound = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(failures - 1, 10));
    boolean noted = store.postpone(refresh, Duration.ofMillis(random.nextLong(bound + 1)));
    LOG.warn("No new access token for {} yet: {}", account, reply.message());
    if (noted && failures == FAILURES_TO_TELL) {
      alerts.raise(
          "token-not-renewed",
          account,
          "The access token of "
              + account
              + " cannot be renewed ("
              + reply.message()
              + "); it is tried again and again");
    }
  }
}
