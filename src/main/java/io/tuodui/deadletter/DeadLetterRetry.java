package io.tuodui.deadletter;

import io.micrometer.core.instrument.MeterRegistry;
import io.tuodui.config.TuoduiProperties;
import io.tuodui.config.TuoduiProperties.RetryRule;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Replays dead letters by the rules of {@code tuodui.dead-letters.retry}, as a person would; how
 * many items became due again is counted in {@code tuodui.dead.letters.retried}.
 */
@Component
public class DeadLetterRetry {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterRetry.class);

  /** Letters in a turn, for each rule. */
  private static final int AT_ONCE = 10_000;

  private final Replay replay;
  private final TuoduiProperties.DeadLetterSettings settings;
  private final Clock clock;
  private final MeterRegistry meters;

  DeadLetterRetry(Replay replay, TuoduiProperties properties, Clock clock, MeterRegistry meters) {
    this.replay = replay;
    this.settings = properties.deadLetters();
    this.clock = clock;
    this.meters = meters;
  }

  /** Replays what is old enough and was not replayed too often. */
  public void turn() {
    settings.retry().forEach(this::apply);
  }

  private void apply(RetryRule rule) {
    Replayed replayed =
        replay.replay(
            new DeadLetterFilter(
                rule.replyClass(),
                rule.code(),
                null,
                null,
                null,
                clock.instant().minus(rule.after()),
                rule.atMost()),
            AT_ONCE);
    if (replayed.items() > 0) {
      String replyClass = rule.replyClass().word();
      meters
          .counter("tuodui.dead.letters.retried", "class", replyClass)
          .increment(replayed.items());
      LOG.info(
          "{} items that were given up as {} are due again, by tuodui.dead-letters.retry",
          replayed.items(),
          replyClass);
    }
  }
}
