package io.tuodui.intake;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was in an id list, of bounded size however long the list is.
 *
 * @param submitted entries in the list, duplicates included; blank lines, comments and a header are
 *     not entries
 * @param invalid entries that are no ids; {@code submitted - invalid} ids were read
 * @param firstRejections the first 100 of the invalid entries, in the order of the file
 * @param reasons how many entries were rejected for each reason
 */
public record IdListReport(
    long submitted, long invalid, List<Rejection> firstRejections, Map<String, Long> reasons) {

  /** The most rejections that are listed singly. */
  public static final int MAX_REJECTIONS = 100;

  public IdListReport {
    firstRejections = List.copyOf(firstRejections);
    reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
  }
}
