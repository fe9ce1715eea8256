package io.tuodui.operation;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tuodui.account.Guard;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** The gauge {@code tuodui.guard}: the margin that this node now adds to the platform's second. */
@Component
class GuardMeter implements MeterBinder {
  private final Guard guard;

  GuardMeter(Guard guard) {
    this.guard = guard;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    TimeGauge.builder(
            "tuodui.guard", guard, TimeUnit.NANOSECONDS, measured -> measured.current().toNanos())
        .description("The margin that is added to the platform's second, slow start included")
        .register(registry);
  }
}
