package io.tuodui.task.component;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OutageLogTest {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Logger logger = (Logger) LoggerFactory.getLogger(OutageLogTest.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE);
  private final OutageLog outages = new OutageLog(logger, "It", now::get);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
  }

  private void passes(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void anOutageOfAPartIsOneOutageHoweverOftenTheOthersAnswer() {
    outages.answered();
    for (int i = 0; i < 100; i++) {
      outages.failed(new IllegalStateException("no way there"));
      passes(SOON);
      outages.answered();
    }
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .singleElement()
        .asString()
        .contains("It does not answer", "no way there");

    passes(OutageLog.SETTLED);
    outages.answered();
    outages.answered();
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .hasSize(2)
        .last()
        .isEqualTo("It is back after 100 failed tries");

    outages.failed(new IllegalStateException("another"));
    assertThat(lines.list).hasSize(3);
  }
}
