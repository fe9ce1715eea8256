package io.tuodui.intake;

import java.util.List;
import java.util.Locale;

/** Which column of a table holds the ids. */
final class IdColumn {

  /** In the order in which they are looked for. */
  private static final List<String> NAMES =
      List.of("item_id", "offer_id", "itemid", "offerid", "id");

  private IdColumn() {}

  static boolean isName(String cell) {
    return NAMES.contains(normal(cell));
  }

  /** The index of the column with the best name, or 0 when none has a name that is known. */
  static int in(List<String> header) {
    List<String> names = header.stream().map(IdColumn::normal).toList();
    return NAMES.stream()
        .mapToInt(names::indexOf)
        .filter(index -> index >= 0)
        .findFirst()
        .orElse(0);
  }

  /**
   * Whether a table's first row is a header: it names an id column, or its first cell has no digit,
   * as no id and no address of a detail page has.
   */
  static boolean isHeader(List<String> row) {
    return row.stream().anyMatch(IdColumn::isName)
        || IdText.trim(row.get(0)).codePoints().noneMatch(Character::isDigit)
            && !IdText.trim(row.get(0)).isEmpty();
  }

  private static String normal(String cell) {
    return IdText.trim(cell).toLowerCase(Locale.ROOT);
  }
}
