package io.tuodui.settle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tuodui.collect.Outcome;
import io.tuodui.gateway.ReplyClass;
import io.tuodui.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The error table: for each class of reply, what becomes of the task. */
class RetryPolicyTest {
  private final RetryPolicy policy = new RetryPolicy(new Random(1));

  private Disposal disposal(ReplyClass replyClass, String code, String message, int attempts) {
    return disposal(replyClass, code, message, attempts, 1);
  }

  private Disposal disposal(
      ReplyClass replyClass, String code, String message, int attempts, int calls) {
    return policy.disposal(
        new Outcome(
            new Task("item-detail", 1, 1, attempts),
            replyClass,
            code,
            message,
            Duration.ofSeconds(3),
            null,
            "a",
            200,
            null,
            null,
            Instant.EPOCH,
            calls,
            0));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // class,      code,               message,          attempts before, what becomes of it
        "SUCCEEDED,    -,                  -,                0,  SUCCEEDED",
        "GONE,         -,                  商品不存在,          0,  GONE",
        "INVALID,      gw.ParamMissing,    -,                0,  DEAD",
        "THROTTLED,    gw.Qos,             -,                99, REQUEUE",
        "QUOTA,        gw.NoUsageLeftError,-,                99, REQUEUE",
        "AUTH,         401,                -,                99, REQUEUE",
        "MISCONFIGURED,gw.SignatureInvalid,-,                99, REQUEUE",
        "FORBIDDEN,    gw.APIACLDecline,   -,                99, REQUEUE",
        "FORBIDDEN,    -,                  no relation,      1,  RETRY",
        "FORBIDDEN,    -,                  no relation,      2,  DEAD",
        "UPSTREAM,     gw.ISP,             -,                34, RETRY",
        "UPSTREAM,     gw.ISP,             -,                35, DEAD",
        "NETWORK,      -,                  reset,            34, RETRY",
        "NETWORK,      -,                  reset,            35, DEAD",
        "MALFORMED,    empty-body,         unknown shape,    22, RETRY",
        "MALFORMED,    unreadable-json,    -,                22, RETRY",
        "MALFORMED,    unreadable-json,    -,                23, DEAD",
        "MALFORMED,    unknown-shape,      no item,          1,  RETRY",
        "MALFORMED,    unknown-shape,      no item,          2,  DEAD"
      })
  void everyClassHasItsRule(
      ReplyClass replyClass, String code, String message, int attempts, Disposal.Kind kind) {
    assertThat(disposal(replyClass, code, message, attempts).kind()).isEqualTo(kind);
  }

  @Test
  void everyClassIsInTheTable() {
    for (ReplyClass replyClass : ReplyClass.values()) {
      assertThat(disposal(replyClass, "code", "message", 0)).isNotNull();
    }
  }

  @Test
  void withoutACallTheTaskWaitsAsLongAsItWasTold() {
    assertThat(disposal(null, null, "no account", 99))
        .isEqualTo(Disposal.release(Duration.ofSeconds(3)));
  }

  /** Such as through hours without the network. */
  @Test
  void withoutAConnectionNoTaskDies() {
    assertThat(disposal(ReplyClass.NETWORK, null, "unknown host", 35, 0))
        .isEqualTo(Disposal.release(Duration.ofSeconds(10)));
  }

  /** Quickly up to 3 s, eighteen times; then doubling up to ten minutes. */
  @ParameterizedTest
  @CsvSource({
    "0, 200",
    "1, 400",
    "3, 1600",
    "4, 3000",
    "17, 3000",
    "18, 6000",
    "19, 12000",
    "30, 600000",
    "34, 600000"
  })
  void theDelayIsAnywhereBelowABoundThatGrows(int attemptsBefore, long bound) {
    long longest = 0;
    for (int i = 0; i < 500; i++) {
      long delay = disposal(ReplyClass.UPSTREAM, "c", "m", attemptsBefore).delay().toMillis();
      assertThat(delay).isBetween(0L, bound);
      longest = Math.max(longest, delay);
    }
    assertThat(longest).as("the longest of 500").isGreaterThan(bound * 9 / 10);
  }
}
