package io.tuodui.schedule;

import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Does, at the start of a node without schedules, what the route {@code fire-schedules} would do
 * for it at its turns: forgets those of before. The turns themselves end, which all nodes would go
 * on to take every few seconds.
 */
@Component
@ConditionalOnProperty(name = "spring.quartz.job-store-type", havingValue = "jdbc")
class FormerSchedules implements InitializingBean {
  private static final TriggerKey TURNS = new TriggerKey("fire-schedules", "upkeep");

  private final ConfiguredSchedules configured;
  private final ScheduleTable table;
  private final Scheduler quartz;

  FormerSchedules(ConfiguredSchedules configured, ScheduleTable table, Scheduler quartz) {
    this.configured = configured;
    this.table = table;
    this.quartz = quartz;
  }

  @Override
  public void afterPropertiesSet() throws SchedulerException {
    if (!configured.areAny()) {
      table.rows().keySet().forEach(table::forget);
      quartz.unscheduleJob(TURNS);
    }
  }
}
