package io.tuodui.simulator;

import io.tuodui.account.Account;
import io.tuodui.account.Limits;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The accounts that the simulator knows. They are derived from their number alone, so that a
 * collector can be configured before the simulator starts; they open nothing but the simulator.
 */
public final class SimulatedAccounts {
  private static final int FIRST_APP_KEY = 8_000_001;

  private SimulatedAccounts() {}

  /** The first {@code n} accounts, without limits of a minute. */
  public static List<Account> accounts(int n, int perSecond, int perDay) {
    return accounts(n, perSecond, 0, perDay);
  }

  /**
   * The first {@code n} accounts: {@code sim-001} and so on.
   *
   * @param perSecond calls in any one second, 0 for no limit
   * @param perMinute calls in any one minute, 0 for no limit
   * @param perDay calls a day, 0 for no limit
   * @throws IllegalArgumentException if a number is negative
   */
  public static List<Account> accounts(int n, int perSecond, int perMinute, int perDay) {
    if (n < 0) {
      throw new IllegalArgumentException("the number of accounts must be 0 or more, not " + n);
    }
    Limits limits = new Limits(limit(perSecond), limit(perMinute), limit(perDay), Map.of());
    return IntStream.range(0, n).mapToObj(index -> account(index, limits)).toList();
  }

  private static Integer limit(int calls) {
    return calls == 0 ? null : (Integer) calls;
  }

  private static Account account(int index, Limits limits) {
    String appKey = Integer.toString(FIRST_APP_KEY + index);
    return new Account(
        "sim-%03d".formatted(index + 1),
        appKey,
        uuid(appKey, "secret").toString().replace("-", "").substring(0, 20),
        uuid(appKey, "access").toString(),
        limits);
  }

  /**
   * The refresh token with which the simulator's {@code getToken} gives an account a new access
   * token.
   */
  public static String refreshToken(String appKey) {
    return uuid(appKey, "refresh").toString();
  }

  private static UUID uuid(String appKey, String purpose) {
    long seed = Dice.mix((appKey + purpose).hashCode());
    return new UUID(seed, Dice.mix(seed));
  }

  /** The accounts file that {@code tuodui} reads, in YAML, without refresh tokens. */
  public static String yaml(List<Account> accounts) {
    return yaml(accounts, false);
  }

  /**
   * The same.
   *
   * @param refreshTokens whether it holds their refresh tokens too
   */
  public static String yaml(List<Account> accounts, boolean refreshTokens) {
    StringBuilder yaml = new StringBuilder(accounts.isEmpty() ? "accounts: []\n" : "accounts:\n");
    for (Account account : accounts) {
      yaml.append("  - name: ").append(account.name()).append('\n');
      quoted(yaml, "app-key", account.appKey());
      quoted(yaml, "app-secret", account.appSecret());
      if (account.accessToken() != null) {
        quoted(yaml, "access-token", account.accessToken());
      }
      if (refreshTokens) {
        quoted(yaml, "refresh-token", refreshToken(account.appKey()));
      }
      if (!account.limits().equals(Limits.NONE)) {
        yaml.append("    limits:\n");
        windows(yaml, "      ", account.limits());
      }
    }
    return yaml.toString();
  }

  // In quotes, because a secret of digits with one "e" in it is a number to YAML
  private static void quoted(StringBuilder yaml, String key, String value) {
    yaml.append("    ").append(key).append(": \"").append(value).append("\"\n");
  }

  private static void windows(StringBuilder yaml, String margin, Limits limits) {
    calls(yaml, margin + "per-second: ", limits.perSecond());
    calls(yaml, margin + "per-minute: ", limits.perMinute());
    calls(yaml, margin + "per-day: ", limits.perDay());
    if (!limits.apis().isEmpty()) {
      yaml.append(margin).append("apis:\n");
      limits
          .apis()
          .forEach(
              (api, ofApi) -> {
                yaml.append(margin).append("  - name: ").append(api).append('\n');
                windows(yaml, margin + "    ", ofApi);
              });
    }
  }

  private static void calls(StringBuilder yaml, String key, Integer calls) {
    if (calls != null) {
      yaml.append(key).append(calls).append('\n');
    }
  }
}
