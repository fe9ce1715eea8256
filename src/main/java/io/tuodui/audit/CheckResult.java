package io.tuodui.audit;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;

/**
 * What came of checking a receipt.
 *
 * @param job of the receipt
 * @param ids checked
 * @param superseded of these, how many the stores know something newer of: no error
 * @param discrepancies how many there are
 * @param byPlace how many there are in each place, see {@link Discrepancy#where()}
 * @param first the first of them
 * @param holds whether there are none
 */
@JsonPropertyOrder({"job", "ids", "superseded", "discrepancies", "byPlace", "first", "holds"})
public record CheckResult(
    long job,
    long ids,
    long superseded,
    long discrepancies,
    Map<String, Long> byPlace,
    List<Discrepancy> first,
    boolean holds) {}
