package io.tuodui.schedule;

import io.tuodui.config.TuoduiProperties;
import io.tuodui.config.UserError;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** What stands under {@code tuodui.schedules}, checked; sorted by name. */
@Component
public final class ConfiguredSchedules {
  private final Map<String, Schedule> byName = new TreeMap<>();

  ConfiguredSchedules(TuoduiProperties properties) {
    properties
        .schedules()
        .forEach((name, settings) -> byName.put(name, Schedule.of(name, settings)));
  }

  /** Without any, the route {@code fire-schedules} is left out. */
  public boolean areAny() {
    return !byName.isEmpty();
  }

  Collection<Schedule> all() {
    return byName.values();
  }

  /**
   * The schedule of this name.
   *
   * @throws UserError when there is none
   */
  Schedule named(String name) {
    Schedule schedule = byName.get(name);
    if (schedule == null) {
      throw new UserError(
          "There is no schedule "
              + name
              + " under tuodui.schedules"
              + (byName.isEmpty() ? "." : ", only " + String.join(", ", byName.keySet()) + "."));
    }
    return schedule;
  }
}
