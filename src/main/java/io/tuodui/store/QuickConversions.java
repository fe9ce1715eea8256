package io.tuodui.store;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.apache.camel.Converter;
import org.apache.camel.TypeConverters;
import org.apache.camel.component.micrometer.MicrometerTimerAction;
import org.springframework.stereotype.Component;

/**
 * What components ask Camel for in every batch, and Camel would search all its converters for each
 * time. The SQL component looks into a map first for each parameter of each statement: what
 * statements get as a body, a list or JSON, is none.
 */
@Component
public final class QuickConversions implements TypeConverters {

  /** No map. */
  @Converter(allowNull = true)
  public Map<?, ?> list(List<?> body) {
    return null;
  }

  /** No map. */
  @Converter(allowNull = true)
  public Map<?, ?> json(InputStream body) {
    return null;
  }

  /** Of a step that starts or stops a timer. */
  @Converter
  public MicrometerTimerAction timerAction(String name) {
    return MicrometerTimerAction.valueOf(name);
  }
}
