package io.tuodui.settle;

import io.tuodui.collect.Outcome;
import io.tuodui.gateway.Verdict;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** The error table of {@code docs/errors.md}: for each class of reply, what becomes of the task. */
final class RetryPolicy {
  /** About an hour of trying. A platform that is down is the circuit breaker's business. */
  private static final int ATTEMPTS = 36;

  /**
   * Cut off or empty replies come from the way here and pass; only the same over and over does not.
   * All failures of a task count together: when only every other claim succeeds, one task in four
   * thousand fails 12 times in a row, and one in sixteen million 24 times.
   */
  private static final int ATTEMPTS_IF_UNREADABLE = 24;

  /** A reply that is whole but of an unknown shape is the same the next time. */
  private static final int ATTEMPTS_IF_SHAPE_UNKNOWN = 3;

  /** Delays double up to the first bound and stay there: most trouble is over within a minute. */
  private static final int QUICK_ATTEMPTS = 18;

  private static final long FIRST_DELAY_MILLIS = 200;
  private static final long QUICK_DELAY_MILLIS = 3_000;

  /** From then on they double again: a platform that is ill for an hour costs no task. */
  private static final long SLOW_DELAY_MILLIS = 600_000;

  /** The platform was not even asked: however long that lasts, no task is to blame. */
  private static final Duration WITHOUT_CONNECTION = Duration.ofSeconds(10);

  private final RandomGenerator random;

  RetryPolicy(RandomGenerator random) {
    this.random = random;
  }

  Disposal disposal(Outcome outcome) {
    if (outcome.replyClass() == null) {
      return Disposal.release(outcome.pause());
    }
    return switch (outcome.replyClass()) {
      case SUCCEEDED -> Disposal.SUCCEEDED;
      case GONE -> Disposal.GONE;
      case INVALID, POISON, UNSTORABLE -> Disposal.DEAD;
      case THROTTLED, QUOTA, AUTH, MISCONFIGURED -> Disposal.REQUEUE;
      case FORBIDDEN ->
          outcome.code() != null
              ? Disposal.REQUEUE
              : retryAtMost(ATTEMPTS_IF_SHAPE_UNKNOWN, outcome);
      case UPSTREAM -> retryAtMost(ATTEMPTS, outcome);
      case NETWORK ->
          outcome.calls() == 0
              ? Disposal.release(WITHOUT_CONNECTION)
              : retryAtMost(ATTEMPTS, outcome);
      case MALFORMED ->
          retryAtMost(
              Verdict.UNKNOWN_SHAPE.equals(outcome.code())
                  ? ATTEMPTS_IF_SHAPE_UNKNOWN
                  : ATTEMPTS_IF_UNREADABLE,
              outcome);
    };
  }

  private Disposal retryAtMost(int attempts, Outcome outcome) {
    int made = outcome.task().attempts() + 1;
    return made >= attempts ? Disposal.DEAD : Disposal.retry(backOff(made));
  }

  /** Full jitter: anywhere between nothing and the bound. */
  private Duration backOff(int attemptsMade) {
    long bound =
        attemptsMade <= QUICK_ATTEMPTS
            ? Math.min(QUICK_DELAY_MILLIS, FIRST_DELAY_MILLIS << (attemptsMade - 1))
            : Math.min(SLOW_DELAY_MILLIS, QUICK_DELAY_MILLIS << (attemptsMade - QUICK_ATTEMPTS));
    return Duration.ofMillis(random.nextLong(bound + 1));
  }
}
