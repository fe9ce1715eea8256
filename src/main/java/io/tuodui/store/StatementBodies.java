package io.tuodui.store;

import java.util.List;
import java.util.Map;
import org.apache.camel.Converter;
import org.apache.camel.TypeConverters;
import org.springframework.stereotype.Component;

/**
 * Says at once that what statements get as a body, text or a list, is no map. The SQL component
 * looks into a map first for each parameter of each statement, and without an answer Camel would
 * search all its converters for one.
 */
@Component
public final class StatementBodies implements TypeConverters {

  /** No map. */
  @Converter(allowNull = true)
  public Map<?, ?> text(String body) {
    return null;
  }

  /** No map. */
  @Converter(allowNull = true)
  public Map<?, ?> list(List<?> body) {
    return null;
  }
}
