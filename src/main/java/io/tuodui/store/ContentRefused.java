package io.tuodui.store;

/**
 * A store refuses what it is given, and would later: a fault of an item's data, not of the store.
 * It does not carry the store's exception as its cause, because the error policy would look at that
 * first.
 */
public final class ContentRefused extends Exception {
  private static final long serialVersionUID = 1;

  private final String code;

  /**
   * A refusal.
   *
   * @param code the store and its own code for the reason, such as {@code mysql 4025}
   * @param message the store's own words
   */
  ContentRefused(String code, String message) {
    super(message);
    this.code = code;
  }

  /** The store and its own code for the reason, such as {@code mysql 4025}. */
  String code() {
    return code;
  }
}
