package io.tuodui.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an account may do, and the calls it was permitted. Times are in ms of Redis's clock. */
final class AccountModel {

  /** The platform's window. */
  private static final double WINDOW = 1_000;

  /** What is lost on the way of a time through a double. */
  private static final double ROUNDING = 0.01;

  /**
   * A permitted call.
   *
   * @param from when it starts, at the earliest
   * @param to the same, at the latest
   * @param limits the account's when it was permitted
   * @param guard what was added to the platform's window
   */
  record Call(double from, double to, Limits limits, double guard) {

    Call earlier(double by) {
      return new Call(from - by, to - by, limits, guard);
    }

    long perSecond() {
      return limits.perSecond() == null ? Integer.MAX_VALUE : limits.perSecond();
    }

    @Override
    public String toString() {
      return "%.3f to %.3f at %s per second, guard %.0f"
          .formatted(from, to, limits.perSecond(), guard);
    }
  }

  /** {@code null} while the account is unknown to Redis. */
  Limits limits;

  boolean suspended;

  /** No call may start before this. */
  double notBefore;

  /** Permits given for each day, less those handed back on it. */
  final Map<Long, Long> callsOfDay = new HashMap<>();

  private List<Call> calls = new ArrayList<>();

  /** Adds a permitted call, which must keep to the account's limits. */
  void permit(Call call, long day) {
    assertThat(call.to()).as("not before its time").isGreaterThanOrEqualTo(notBefore - ROUNDING);
    calls.add(call);
    calls.sort(Comparator.comparingDouble(Call::from));
    assertNoWindowIsOver();
    long ofDay = callsOfDay.merge(day, 1L, Long::sum);
    if (limits.perDay() != null) {
      assertThat(ofDay).as("calls of day %d", day).isLessThanOrEqualTo(limits.perDay().longValue());
    }
  }

  /**
   * Of every run of calls: if there are more than the greatest limit of them allows at once, they
   * must take longer than the window with the smallest of their guards.
   */
  private void assertNoWindowIsOver() {
    for (int first = 0; first < calls.size(); first++) {
      long limit = 0;
      double guard = Double.MAX_VALUE;
      for (int last = first; last < calls.size(); last++) {
        limit = Math.max(limit, calls.get(last).perSecond());
        guard = Math.min(guard, calls.get(last).guard());
        int count = last - first + 1;
        if (count > limit) {
          assertThat(calls.get(last).to() - calls.get(first).from())
              .as("ms from the first to the last of %d calls at %d per second", count, limit)
              .isGreaterThanOrEqualTo(WINDOW + guard - ROUNDING);
        }
      }
    }
  }

  /** One of the calls that were permitted and not handed back; {@code null} if there is none. */
  Call someCall(int pick) {
    return calls.isEmpty() ? null : calls.get(pick % calls.size());
  }

  /** Will not be made. */
  void forget(Call call) {
    calls.remove(call);
  }

  /** As if everything had happened that much earlier. */
  void letPass(double time) {
    notBefore -= time;
    calls = new ArrayList<>(calls.stream().map(call -> call.earlier(time)).toList());
  }

  @Override
  public String toString() {
    return "%s%s, not before %.3f, calls %s, by day %s"
        .formatted(limits, suspended ? " suspended" : "", notBefore, calls, callsOfDay);
  }
}
