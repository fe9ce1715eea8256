package io.tuodui.config;

import io.tuodui.account.Account;
import io.tuodui.account.Limits;
import io.tuodui.config.TuoduiProperties.AccountProperties;
import io.tuodui.config.TuoduiProperties.ApiLimitProperties;
import io.tuodui.config.TuoduiProperties.LimitProperties;
import io.tuodui.gateway.Dialects;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configured accounts, checked. */
public final class Accounts {
  private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

  /** In characters, as MySQL counts them: the columns {@code account} hold so many. */
  private static final int LONGEST_NAME = 64;

  private static final String EXPIRES_AT = "access-token-expires-at";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

  private static final List<ApiLimitProperties> NO_APIS = List.of();

  private final String where;
  private final Map<String, Account> byName = new LinkedHashMap<>();
  private final List<Grant> grants = new ArrayList<>();

  /**
   * @param where the accounts stand, for messages
   * @throws UserError when there is none, or one is incomplete or named twice
   */
  public Accounts(List<AccountProperties> accounts, String where) {
    this.where = where;
    if (accounts == null || accounts.isEmpty()) {
      throw new UserError(
          "No accounts are configured in "
              + where
              + ". Put them under tuodui.accounts in application.yaml, or name a file of them:"
              + " --tuodui.accounts-file=accounts.yaml");
    }
    for (int i = 0; i < accounts.size(); i++) {
      String which = "account " + (i + 1) + " in " + where;
      Account account = check(accounts.get(i), which);
      if (byName.put(account.name(), account) != null) {
        throw new UserError(
            "The name " + account.name() + " is used twice in " + where + ": give each its own.");
      }
      addGrant(account, accounts.get(i), which + " (" + account.name() + ")");
    }
  }

  private static Account check(AccountProperties account, String which) {
    String name = required(account.name(), "name", which);
    int characters = name.codePointCount(0, name.length());
    if (characters > LONGEST_NAME) {
      throw new UserError(
          "The name of %s has %d characters, and may have %d: shorten it."
              .formatted(which, characters, LONGEST_NAME));
    }
    String named = which + " (" + name + ")";
    String key = required(account.appKey(), "app-key", named);
    if (!key.matches("\\d{1,20}")) {
      throw new UserError(
          "The app-key of " + named + " must be digits only, as the console shows.");
    }
    String secret = required(account.appSecret(), "app-secret", named);
    try {
      return new Account(
          name,
          key,
          secret,
          optional(account.accessToken(), "access-token", named),
          account.limits() == null ? Limits.NONE : limits(account.limits()),
          account.weight() == null ? 1 : account.weight());
    } catch (IllegalArgumentException wrong) {
      throw new UserError("The limits of " + named + ": " + wrong.getMessage() + ".", wrong);
    }
  }

  private void addGrant(Account account, AccountProperties properties, String which) {
    String refreshToken = optional(properties.refreshToken(), "refresh-token", which);
    String expiresAt = optional(properties.accessTokenExpiresAt(), EXPIRES_AT, which);
    if (refreshToken != null) {
      grants.add(new Grant(account, refreshToken, instant(expiresAt, which)));
    }
  }

  private static Instant instant(String text, String which) {
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException wrong) {
      throw new UserError(
          "The "
              + EXPIRES_AT
              + " of "
              + which
              + " must be a time with its offset, such as 2026-01-31T18:00:00+08:00.",
          wrong);
    }
  }

  private static Limits limits(LimitProperties limits) {
    Map<String, Limits> apis = new LinkedHashMap<>();
    for (ApiLimitProperties api : limits.apis() == null ? NO_APIS : limits.apis()) {
      if (api.name() == null || api.name().isBlank()) {
        throw new IllegalArgumentException("each of the apis needs a name");
      }
      Limits ofApi = new Limits(api.perSecond(), api.perMinute(), api.perDay(), Map.of());
      if (apis.put(Dialects.api(api.name().strip()), ofApi) != null) {
        throw new IllegalArgumentException("the API " + api.name() + " stands there twice");
      }
    }
    return new Limits(limits.perSecond(), limits.perMinute(), limits.perDay(), apis);
  }

  private static String required(String value, String key, String which) {
    if (value == null || value.isBlank()) {
      throw new UserError("The " + key + " of " + which + " is missing: set it.");
    }
    return resolved(value, key, which);
  }

  private static String optional(String value, String key, String which) {
    return value == null || value.isBlank() ? null : resolved(value, key, which);
  }

  private static String resolved(String value, String key, String which) {
    Matcher unresolved = PLACEHOLDER.matcher(value);
    if (unresolved.find()) {
      throw new UserError(
          "The "
              + key
              + " of "
              + which
              + " is taken from the environment, where "
              + unresolved.group(1)
              + " is not set: set it.");
    }
    return value.strip();
  }

  public Collection<Account> all() {
    return byName.values();
  }

  /** Says in the log which accounts nothing holds back until the platform refuses them. */
  void warnOfMissingLimits(String api) {
    List<String> names =
        all().stream()
            .filter(account -> account.limits().perSecond(api) == null)
            .map(Account::name)
            .toList();
    if (!names.isEmpty()) {
      LOG.warn(
          "{} of {} accounts in {} have no limit of calls a second, such as {}: they call as fast"
              + " as this node can, and may be banned for it. Give them limits.per-second",
          names.size(),
          all().size(),
          where,
          names.get(0));
    }
  }

  /** Those whose access token can be renewed. */
  public List<Grant> grants() {
    return List.copyOf(grants);
  }

  /**
   * @throws UserError when no account has this name
   */
  public Account named(String name) {
    Account account = byName.get(name);
    if (account == null) {
      throw new UserError("There is no account named " + name + "; there are " + byName.keySet());
    }
    return account;
  }
}
