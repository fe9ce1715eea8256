package io.tuodui.config;

import io.tuodui.account.Account;
import io.tuodui.account.Limits;
import io.tuodui.config.TuoduiProperties.AccountProperties;
import io.tuodui.config.TuoduiProperties.ApiLimitProperties;
import io.tuodui.config.TuoduiProperties.LimitProperties;
import io.tuodui.gateway.Dialects;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The configured accounts, checked. */
public final class Accounts {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

  private static final List<ApiLimitProperties> NO_APIS = List.of();

  private final Map<String, Account> byName = new LinkedHashMap<>();

  /**
   * @param where the accounts stand, for messages
   * @throws UserError when there is none, or one is incomplete or named twice
   */
  public Accounts(List<AccountProperties> accounts, String where) {
    if (accounts == null || accounts.isEmpty()) {
      throw new UserError(
          "No accounts are configured in "
              + where
              + ". Put them under tuodui.accounts in application.yaml, or name a file of them:"
              + " --tuodui.accounts-file=accounts.yaml");
    }
    for (int i = 0; i < accounts.size(); i++) {
      Account account = check(accounts.get(i), "account " + (i + 1) + " in " + where);
      if (byName.put(account.name(), account) != null) {
        throw new UserError(
            "The name " + account.name() + " is used twice in " + where + ": give each its own.");
      }
    }
  }

  private static Account check(AccountProperties account, String which) {
    String name = required(account.name(), "name", which);
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
