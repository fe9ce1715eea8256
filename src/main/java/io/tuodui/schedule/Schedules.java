package io.tuodui.schedule;

import io.micrometer.core.instrument.MeterRegistry;
import io.tuodui.config.UserError;
import io.tuodui.job.Submission;
import io.tuodui.job.Submissions;
import io.tuodui.operation.UpkeepFailures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The steps of the route {@code fire-schedules}. A time that has come is first noted in MySQL, then
 * its job is submitted, then that is noted: a crash in between leaves what the next turn, of
 * whichever node, goes on with, and ends as one job.
 */
@Component
@ConditionalOnProperty(name = "spring.quartz.job-store-type", havingValue = "jdbc")
public class Schedules {
  private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);

  /** What a turn may be late without counting as missed: a node may just have died in it. */
  private static final Duration ON_TIME = Duration.ofMinutes(1);

  private final ConfiguredSchedules configured;
  private final ScheduleTable table;
  private final ScheduledIds ids;
  private final Submissions submissions;
  private final TransactionTemplate transaction;
  private final UpkeepFailures failures;
  private final MeterRegistry meters;

  Schedules(
      ConfiguredSchedules configured,
      ScheduleTable table,
      ScheduledIds ids,
      Submissions submissions,
      TransactionTemplate transaction,
      UpkeepFailures failures,
      MeterRegistry meters) {
    this.configured = configured;
    this.table = table;
    this.ids = ids;
    this.submissions = submissions;
    this.transaction = transaction;
    this.failures = failures;
    this.meters = meters;
    configured.all().forEach(ids::check);
  }

  /** Notes which times have come, and says whose jobs are to be submitted now. */
  public List<Firing> due() {
    Map<String, ScheduleRow> rows = table.rows();
    Instant now = table.now();
    configured.all().forEach(schedule -> note(schedule, rows.remove(schedule.name()), now));
    rows.keySet().forEach(table::forget);

    List<Firing> firings = new ArrayList<>();
    Map<String, ScheduleRow> noted = table.rows();
    for (Schedule schedule : configured.all()) {
      ScheduleRow row = noted.get(schedule.name());
      if (row != null && row.waitingFor() != null && !row.jobUnfinished()) {
        firings.add(new Firing(schedule, row.waitingFor()));
      }
    }
    return firings;
  }

  private void note(Schedule schedule, ScheduleRow row, Instant now) {
    if (row == null || !row.agreesWith(schedule)) {
      table.begin(schedule, now);
      return;
    }
    Instant time = schedule.latest(now).orElse(row.firedFor());
    if (!time.isAfter(row.firedFor())) {
      return;
    }
    Duration late = Duration.between(time, now);
    if (late.compareTo(ON_TIME) > 0 && late.compareTo(schedule.catchUp()) > 0) {
      if (table.pass(row, time, "missed")) {
        tell(schedule, "missed");
        LOG.warn("Schedule {} was missed at {}, too long ago to catch up", schedule.name(), time);
      }
    } else if (row.waitingFor() != null || row.busy() && !schedule.queue()) {
      if (table.pass(row, time, "skipped")) {
        tell(schedule, "skipped");
        LOG.info("Schedule {} is skipped at {}: the one before is not done", schedule.name(), time);
      }
    } else {
      table.await(row, time);
    }
  }

  /**
   * Begins to submit a firing, or goes on with what an earlier try began.
   *
   * @return {@code null} when there is no id to collect
   * @throws UserError when its ids cannot be had
   */
  public Submission open(@Body Firing firing) throws IOException {
    try (ScheduledIds.IdList list = ids.of(firing.schedule())) {
      if (list.isEmpty()) {
        table.settle(firing, "empty", null, null);
        tell(firing.schedule(), "empty");
        return null;
      }
      return open(list.file(), firing);
    }
  }

  private Submission open(Path list, Firing firing) {
    return transaction.execute(
        status -> {
          table.lock(firing.schedule().name());
          return submissions.open(list, firing.origin(), firing.fingerprint());
        });
  }

  /** The job holds all ids. */
  public void submitted(
      @ExchangeProperty("firing") Firing firing,
      @ExchangeProperty("submission") Submission submission) {
    table.settle(firing, "submitted", submission.getJob().jobId(), null);
    tell(firing.schedule(), "submitted");
  }

  /** A mistake in the schedule is said and ends its firing; anything else is tried again. */
  public void failed(
      @ExchangeProperty("firing") Firing firing,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
    if (cause instanceof UserError mistake) {
      table.settle(firing, "failed", null, mistake.getMessage());
      tell(firing.schedule(), "failed");
      LOG.warn("Schedule {} failed: {}", firing.schedule().name(), mistake.getMessage());
    } else {
      failures.tell("schedule " + firing.schedule().name(), cause);
    }
  }

  private void tell(Schedule schedule, String outcome) {
    meters
        .counter("tuodui.schedule.firings", "schedule", schedule.name(), "outcome", outcome)
        .increment();
  }
}
