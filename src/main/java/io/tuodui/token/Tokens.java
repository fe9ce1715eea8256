package io.tuodui.token;

import io.tuodui.account.Account;
import io.tuodui.account.Permits;
import io.tuodui.alert.Alerts;
import io.tuodui.config.Accounts;
import io.tuodui.config.Grant;
import io.tuodui.config.SettingsPostProcessor;
import io.tuodui.config.TuoduiProperties;
import io.tuodui.config.UserError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * The access tokens as this node knows them. The record is the table {@code account_token}: what
 * another node renewed is taken over from there, at every turn of the route {@code refresh-tokens},
 * and at once when a call is refused.
 */
@Component
public final class Tokens {

  /** How long an account rests whose token is being renewed; each turn prolongs it. */
  public static final Duration RENEWAL_TAKES = Duration.ofSeconds(3);

  /** A token that is refused so soon after it was given will not be better the next time. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

  /** How it stands about a token that the platform refused. */
  public enum Refused {
    /** The account has no refresh token. */
    NOT_RENEWABLE,
    /** There is a newer one already. */
    RENEWED,
    /** A newer one is being asked for. */
    RENEWING,
    /** There will be none before a person did something; the account is suspended. */
    LOST
  }

  /** What this node took over from a row. */
  private record Held(String accessToken, long version, String refusal) {}

  private final Map<String, Grant> grants = new LinkedHashMap<>();
  private final Map<String, Held> held = new ConcurrentHashMap<>();
  private final Map<String, Long> unreadable = new ConcurrentHashMap<>();
  private final TokenStore store;
  private final Permits permits;
  private final Alerts alerts;
  private final ProducerTemplate camel;
  private final TokenSeals seals;

  /**
   * Begins with what is stored, or with what is configured when that has changed.
   *
   * @throws UserError when an account has a refresh token, and there is no key, or the wrong one
   */
  Tokens(
      Accounts accounts,
      TuoduiProperties properties,
      ConfigurableEnvironment environment,
      TokenStore store,
      Permits permits,
      Alerts alerts,
      ProducerTemplate camel) {
    accounts.grants().forEach(grant -> grants.put(grant.account().name(), grant));
    this.store = store;
    this.permits = permits;
    this.alerts = alerts;
    this.camel = camel;
    this.seals =
        grants.isEmpty()
            ? null
            : new TokenSeals(
                new TokenCipher(
                    TokenKeys.of(
                        properties.tokens(),
                        properties.dataDir(),
                        SettingsPostProcessor.mysqlIsEmbedded(environment))));
    for (Grant grant : grants.values()) {
      try {
        begin(grant, properties.tokens().ahead());
      } catch (UnreadableToken unreadable) {
        throw new UserError(
            unreadable.getMessage()
                + ".\nSet tuodui.tokens.key or tuodui.tokens.key-file to that key; or begin again"
                + " with the configured tokens: DELETE FROM account_token WHERE account = '"
                + grant.account().name()
                + "'",
            unreadable);
      }
    }
    tellOfFormerAccounts();
  }

  /** They are kept, because a refresh token that was given since may be the only one that works. */
  private void tellOfFormerAccounts() {
    List<String> former =
        store.all().stream()
            .map(StoredToken::account)
            .filter(account -> !grants.containsKey(account))
            .sorted()
            .toList();
    if (!former.isEmpty()) {
      LOG.info(
          "MySQL keeps the tokens of {}, which no account is configured to use; if they will not"
              + " come back, delete their rows from account_token",
          String.join(", ", former));
    }
  }

  private void begin(Grant grant, Duration ahead) throws UnreadableToken {
    String account = grant.account().name();
    Optional<StoredToken> row = store.find(account);
    if (row.isEmpty() || !seals.beganWith(grant, row.get())) {
      long replaced = row.map(StoredToken::version).orElse(0L);
      store.begin(seals.configured(grant), replaced, grant.accessTokenExpiresAt(), ahead);
    } else if (!seals.isSealedWithNewest(row.get())) {
      store.reseal(seals.again(row.get()), row.get().version());
    }
    // A start is somebody's decision to try again.
    store.reconsider(account);
    takeOver(account);
  }

  TokenSeals seals() {
    return seals;
  }

  /** The account with its newest access token. */
  public Account current(Account configured) {
    Held mine = held.get(configured.name());
    return mine == null ? configured : configured.withAccessToken(mine.accessToken());
  }

  /**
   * The platform refused a call for its access token: sees to a new one.
   *
   * @param used the account with the token that the call was made with
   */
  public Refused refused(Account used) {
    String account = used.name();
    Held mine = held.get(account);
    if (mine == null) {
      return Refused.NOT_RENEWABLE;
    }
    if (!Objects.equals(mine.accessToken(), used.accessToken())) {
      return mine.refusal() == null ? Refused.RENEWED : Refused.LOST;
    }
    try {
      if (store.refused(account, mine.version(), FRESH)) {
        LOG.warn("The access token of {} is not valid any more, and is renewed", used);
        camel.asyncSendBody("direct:renew-tokens", null);
        return Refused.RENEWING;
      }
      return standing(used, mine.version());
    } catch (DataAccessException | UnreadableToken | RejectedExecutionException away) {
      LOG.debug("Nothing is known of the token of {}: {}", used, away.toString());
      return Refused.RENEWING;
    }
  }

  private Refused standing(Account account, long version) throws UnreadableToken {
    StoredToken row = takeOver(account.name());
    if (row.refusal() != null) {
      // Redis, where that is kept for all nodes, may have lost it.
      permits.suspend(row.account(), row.refusal());
      return Refused.LOST;
    }
    if (row.version() != version) {
      return Refused.RENEWED;
    }
    if (row.unusable()) {
      return Refused.RENEWING;
    }
    giveUp(account, version, "the platform refuses the access token that it has just given");
    return Refused.LOST;
  }

  /** Takes an account out of use on all nodes, because nobody can get a valid token for it. */
  void giveUp(Account account, long version, String reason) throws UnreadableToken {
    String advice = reason + "; authorise it again and set its refresh-token";
    if (store.giveUp(account.name(), version, advice)) {
      alerts.suspended(account, advice);
    }
    takeOver(account.name());
  }

  /**
   * Takes over the tokens of all accounts, and returns the rows. One that cannot be read is passed
   * over: it must not keep the other accounts from theirs.
   */
  List<StoredToken> takeOver() {
    List<StoredToken> rows = new ArrayList<>();
    for (StoredToken row : store.all()) {
      if (grants.containsKey(row.account())) {
        try {
          takeOver(row);
          rows.add(row);
        } catch (UnreadableToken problem) {
          passOver(row, problem);
        }
      }
    }
    return rows;
  }

  /** Says so once for each version of the tokens, since it is met again every few seconds. */
  void passOver(StoredToken row, UnreadableToken problem) {
    if (!Objects.equals(unreadable.put(row.account(), row.version()), row.version())) {
      LOG.warn("{}: this node passes {} over", problem.getMessage(), row.account());
    }
  }

  /** Takes over the tokens of one account, and returns the row. */
  StoredToken takeOver(String account) throws UnreadableToken {
    StoredToken row = store.find(account).orElseThrow();
    takeOver(row);
    return row;
  }

  private void takeOver(StoredToken row) throws UnreadableToken {
    Held before = held.get(row.account());
    if (before == null
        || before.version() != row.version()
        || !Objects.equals(before.refusal(), row.refusal())) {
      held.put(row.account(), new Held(seals.accessToken(row), row.version(), row.refusal()));
      if (row.refusal() != null) {
        permits.suspend(row.account(), row.refusal());
      } else if (before != null && before.refusal() != null) {
        permits.resume(row.account());
      }
    }
    if (row.unusable() && row.refusal() == null) {
      permits.rest(row.account(), RENEWAL_TAKES);
    }
  }
}
