package io.tuodui.task.component;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/** Logs an outage once when it begins and once, with a count, when it is over. */
final class OutageLog {
  private final Logger log;
  private final String what;
  private final AtomicLong failures = new AtomicLong();

  OutageLog(Logger log, String what) {
    this.log = log;
    this.what = what;
  }

  void failed(RuntimeException cause) {
    if (failures.getAndIncrement() == 0) {
      log.warn("{} does not answer; waiting until it is back: {}", what, cause.toString());
    }
  }

  void over() {
    if (failures.get() > 0) {
      long count = failures.getAndSet(0);
      if (count > 0) {
        log.info("{} is back after {} failed tries", what, count);
      }
    }
  }
}
