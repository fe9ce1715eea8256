package io.tuodui.store;

import io.tuodui.collect.Outcome;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
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

  /** Leaves only the parts that are to be written: see {@link ItemRows#keepPartsOf}. */
  public void keepChangedParts(
      @ExchangeProperty("rows") ItemRows rows,
      @Header("itemsWithOtherParts") List<Map<String, Object>> itemsWithOtherParts) {
    rows.keepPartsOf(itemsWithOtherParts);
  }
}
