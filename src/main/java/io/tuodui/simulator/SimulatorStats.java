package io.tuodui.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the simulated platform saw: the answer of {@code GET /stats}.
 *
 * @param accounts in the order of their configuration
 * @param totals of all accounts, and of calls that name no known account
 * @param uptimeSeconds since the start
 */
public record SimulatorStats(List<AccountStats> accounts, Totals totals, long uptimeSeconds) {

  /**
   * One account.
   *
   * @param calls data calls that arrived; token calls are not among them
   * @param accepted of those, the ones that passed all checks, failed or not
   * @param refused the others by reason, such as {@code per-second}
   * @param maxCallsInAnySecond the most arrivals, accepted or refused, that any sliding second has
   *     seen
   * @param tokenCalls of {@code getToken}, granted or not
   * @param tokensIssued by them
   */
  public record AccountStats(
      String name,
      String appKey,
      long calls,
      long accepted,
      Map<String, Long> refused,
      long maxCallsInAnySecond,
      long signatureFailures,
      long tokenCalls,
      long tokensIssued) {}

  /**
   * All accounts.
   *
   * @param maxCallsInAnySecond the largest of the accounts'
   * @param faults accepted calls that were made to fail, by {@link Fault}
   */
  public record Totals(
      long calls,
      long accepted,
      Map<String, Long> refused,
      long maxCallsInAnySecond,
      long signatureFailures,
      long tokenCalls,
      long tokensIssued,
      Map<String, Long> faults) {}

  static SimulatorStats of(
      List<AccountStats> accounts,
      AccountStats strangers,
      Map<String, Long> faults,
      long uptimeSeconds) {
    Map<String, Long> refused = new LinkedHashMap<>(strangers.refused());
    long calls = strangers.calls();
    long accepted = 0;
    long max = 0;
    long signatures = 0;
    long tokenCalls = 0;
    long tokens = 0;
    for (AccountStats account : accounts) {
      account.refused().forEach((reason, count) -> refused.merge(reason, count, Long::sum));
      calls += account.calls();
      accepted += account.accepted();
      max = Math.max(max, account.maxCallsInAnySecond());
      signatures += account.signatureFailures();
      tokenCalls += account.tokenCalls();
      tokens += account.tokensIssued();
    }
    Totals totals =
        new Totals(calls, accepted, refused, max, signatures, tokenCalls, tokens, faults);
    return new SimulatorStats(List.copyOf(accounts), totals, uptimeSeconds);
  }

  byte[] toJson() {
    Utf8Json json = Utf8Json.start().object().array("accounts");
    for (AccountStats account : accounts) {
      json.object()
          .field("name", account.name)
          .field("appKey", account.appKey)
          .field("calls", account.calls)
          .field("accepted", account.accepted);
      counts(json, "refused", account.refused);
      json.field("maxCallsInAnySecond", account.maxCallsInAnySecond)
          .field("signatureFailures", account.signatureFailures)
          .field("tokenCalls", account.tokenCalls)
          .field("tokensIssued", account.tokensIssued)
          .endObject();
    }
    json.endArray()
        .object("totals")
        .field("calls", totals.calls)
        .field("accepted", totals.accepted);
    counts(json, "refused", totals.refused);
    json.field("maxCallsInAnySecond", totals.maxCallsInAnySecond)
        .field("signatureFailures", totals.signatureFailures)
        .field("tokenCalls", totals.tokenCalls)
        .field("tokensIssued", totals.tokensIssued);
    counts(json, "faults", totals.faults);
    return json.endObject().field("uptimeSeconds", uptimeSeconds).endObject().toBytes();
  }

  private static void counts(Utf8Json json, String name, Map<String, Long> counts) {
    json.object(name);
    counts.forEach(json::field);
    json.endObject();
  }
}
