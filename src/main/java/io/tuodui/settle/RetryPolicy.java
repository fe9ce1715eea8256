package io.tuodui.settle;

import io.tuodui.collect.Outcome;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** The error table of {@code docs/errors.md}: for each class of reply, what becomes of the task. */
final class RetryPolicy {
  /** A platform that fails for long is the circuit breaker's business, so these are many. */
  private static final int ATTEMPTS = 30;

  /**
   * Cut off or empty replies come from the way here and pass; only the same over and over does not.
   */
  private static final int ATTEMPTS_IF_UNREADABLE = 12;

  /** A reply that is whole but of an unknown shape is the same the next time. */
  private static final int ATTEMPTS_IF_SHAPE_UNKNOWN = 3;

  private static final Duration FIRST_DELAY = Duration.ofMillis(200);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(15);

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
      case INVALID -> Disposal.DEAD;
      case THROTTLED, QUOTA, AUTH, MISCONFIGURED -> Disposal.release(Duration.ZERO);
      case FORBIDDEN ->
          outcome.code() != null
              ? Disposal.release(Duration.ZERO)
              : retryAtMost(ATTEMPTS_IF_SHAPE_UNKNOWN, outcome);
      case UPSTREAM, NETWORK -> retryAtMost(ATTEMPTS, outcome);
      case MALFORMED ->
          retryAtMost(
              outcome.message().startsWith("unknown shape")
                  ? ATTEMPTS_IF_SHAPE_UNKNOWN
                  : ATTEMPTS_IF_UNREADABLE,
              outcome);
    };
  }

  private Disposal retryAtMost(int attempts, Outcome outcome) {
    int made = outcome.task().attempts() + 1;
    return made >= attempts ? Disposal.DEAD : Disposal.retry(backOff(made));
  }

  /** Exponential, with full jitter: anywhere between nothing and the bound. */
  private Duration backOff(int attemptsMade) {
    long bound =
        Math.min(
            LONGEST_DELAY.toMillis(), FIRST_DELAY.toMillis() << Math.min(attemptsMade - 1, 20));
    return Duration.ofMillis(random.nextLong(bound + 1));
  }
}
