package io.tuodui.store;

import io.tuodui.collect.Outcome;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** The steps between the statements of the route {@code store-items}. */
@Component
public final class ItemStore {

  /** A batch of outcomes as rows. */
  public ItemRows rows(@Body List<Outcome> outcomes) {
    return new ItemRows(outcomes);
  }

  /**
   * Leaves only the parts that are to be written: see {@link ItemRows#keepPartsOf}. Parts of an
   * item without a row are so rare that they are not looked for: they fail the batch by their keys,
   * and when it is repeated, they go first.
   */
  public void keepChangedParts(
      @ExchangeProperty("rows") ItemRows rows,
      @Header("storedItems") List<Map<String, Object>> storedItems,
      @Header(Exchange.REDELIVERED) Boolean repeated) {
    rows.keepPartsOf(storedItems, Boolean.TRUE.equals(repeated));
  }
}
