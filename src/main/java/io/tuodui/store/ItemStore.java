package io.tuodui.store;

import io.tuodui.collect.Outcome;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.component.sql.SqlConstants;
import org.springframework.dao.ConcurrencyFailureException;
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
   *
   * <p>Nor could a row that was not there be held against another node. Should one have stored the
   * item meanwhile, the parts of both would stand side by side; the upsert's count tells. MySQL
   * counts 1 for a row that it inserts, 2 for one that it changes, and, as its driver asks it to, 1
   * for one that stays as it was: only beside such a row, of which a newer reply is stored already,
   * can the other node escape notice.
   *
   * @param counted by the upsert of all items
   * @throws ConcurrencyFailureException if so: the batch is repeated, and finds the rows
   */
  public void keepChangedParts(
      @ExchangeProperty("rows") ItemRows rows,
      @Header("storedItems") List<Map<String, Object>> storedItems,
      @Header(SqlConstants.SQL_UPDATE_COUNT) int counted,
      @Header(Exchange.REDELIVERED) Boolean repeated) {
    if (counted > rows.getItems().size() + storedItems.size()) {
      throw new ConcurrencyFailureException("Another node stored items of this batch as well");
    }
    rows.keepPartsOf(storedItems, Boolean.TRUE.equals(repeated));
  }
}
