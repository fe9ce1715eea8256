package io.tuodui.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What an account may do, and the calls it was permitted. Times are in ms of Redis's clock. */
final class AccountModel {

  /** All APIs together, beside the names of single ones. */
  static final String ALL = "";

  /** A slot is told in whole ms, rounded up. */
  static final double ROUNDING = 1.01;

  /**
   * A permitted call.
   *
   * @param permit with its slot
   * @param limits the account's when it was permitted
   * @param guard what was added to the platform's windows
   */
  record Call(Reservation permit, Limits limits, double guard) {

    long slot() {
      return permit.slot();
    }

    /** The limits that hold for all calls, or for those of one API. */
    Limits limitsOf(String api) {
      return api.equals(ALL) ? limits : limits.of(api);
    }

    @Override
    public String toString() {
      return "%s at %d by %s, guard %.0f".formatted(permit.api(), slot(), limits, guard);
    }
  }

  /**
   * A day of the platform.
   *
   * @param number days since 1970
   * @param api of whose calls
   */
  record Day(long number, String api) {}

  /** {@code null} while the account is unknown to Redis. */
  Limits limits;

  boolean suspended;

  final Set<String> forbidden = new HashSet<>();

  /** No call may start before this. */
  double notBefore;

  /** Permits given for each day, less those handed back. */
  final Map<Day, Long> callsOfDay = new HashMap<>();

  private final List<Call> calls = new ArrayList<>();

  /** Adds a permitted call, which must keep to the account's limits. */
  void permit(Call call, long day) {
    String api = call.permit().api();
    assertThat((double) call.slot())
        .as("not before its time")
        .isGreaterThanOrEqualTo(notBefore - ROUNDING);
    calls.add(call);
    calls.sort(Comparator.comparingLong(Call::slot));
    for (String which : List.of(ALL, api)) {
      List<Call> counted =
          calls.stream().filter(c -> which.equals(ALL) || which.equals(c.permit().api())).toList();
      assertNoWindowIsOver(counted, 1_000, c -> c.limitsOf(which).perSecond());
      assertNoWindowIsOver(counted, 60_000, c -> c.limitsOf(which).perMinute());
      // Calls of an API are counted on their own where that API has limits.
      if (which.equals(ALL) || limits.apis().containsKey(which)) {
        long ofDay = callsOfDay.merge(new Day(day, which), 1L, Long::sum);
        Integer perDay = call.limitsOf(which).perDay();
        assertThat(ofDay)
            .as("calls of %s on day %d", which, day)
            .isLessThanOrEqualTo(perDay == null ? Long.MAX_VALUE : perDay);
      }
    }
  }

  /**
   * Of every run of calls: if there are more than the greatest limit of them allows at once, they
   * must take longer than the window with the smallest of their guards.
   */
  private static void assertNoWindowIsOver(
      List<Call> calls, double window, Function<Call, Integer> limitOf) {
    for (int first = 0; first < calls.size(); first++) {
      long limit = 0;
      double guard = Double.MAX_VALUE;
      for (int last = first; last < calls.size(); last++) {
        Integer allowed = limitOf.apply(calls.get(last));
        limit = Math.max(limit, allowed == null ? Integer.MAX_VALUE : allowed);
        guard = Math.min(guard, calls.get(last).guard());
        int count = last - first + 1;
        if (count > limit) {
          assertThat((double) calls.get(last).slot() - calls.get(first).slot())
              .as("ms from the first to the last of %d calls at %d", count, limit)
              .isGreaterThanOrEqualTo(window + guard - ROUNDING);
        }
      }
    }
  }

  /** One of the calls that were permitted and not handed back; {@code null} if there is none. */
  Call someCall(int pick) {
    return calls.isEmpty() ? null : calls.get(pick % calls.size());
  }

  /** Will not be made. */
  void forget(Call call, long day) {
    calls.remove(call);
    for (String which : List.of(ALL, call.permit().api())) {
      callsOfDay.computeIfPresent(new Day(day, which), (key, count) -> Math.max(0, count - 1));
    }
  }

  @Override
  public String toString() {
    return "%s%s, forbidden %s, not before %.3f, calls %s, by day %s"
        .formatted(limits, suspended ? " suspended" : "", forbidden, notBefore, calls, callsOfDay);
  }
}
