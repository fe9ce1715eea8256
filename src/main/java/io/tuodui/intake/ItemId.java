package io.tuodui.intake;

/** One item id, as a person types it. */
public final class ItemId {
  private ItemId() {}

  /**
   * Reads an id in digits, full-width ones included, or the address of a detail page.
   *
   * @throws IllegalArgumentException if it is neither; the message says why
   */
  public static long of(String text) {
    String trimmed = IdText.trim(text);
    if (trimmed.isEmpty()) {
      throw new IllegalArgumentException(Problem.NOT_A_NUMBER.words());
    }
    IdText.Result result = IdText.parse(trimmed);
    if (result.problem() != null) {
      throw new IllegalArgumentException(result.problem().words());
    }
    return result.id();
  }
}
