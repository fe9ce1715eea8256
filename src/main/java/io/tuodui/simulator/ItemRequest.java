package io.tuodui.simulator;

/**
 * The item that a call asks for, or why that cannot be told.
 *
 * @param refusal {@code null} if the call names an item
 * @param argument the parameter that is missing or wrong
 */
record ItemRequest(long itemId, Refusal refusal, String argument) {

  static ItemRequest missing(String argument) {
    return new ItemRequest(0, Refusal.PARAM_MISSING, argument);
  }

  static ItemRequest invalid(String argument) {
    return new ItemRequest(0, Refusal.PARAM_INVALID, argument);
  }

  /** Reads an id of 1 to 18 digits. */
  static ItemRequest parse(String argument, String text) {
    if (text == null) {
      return missing(argument);
    }
    if (text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return invalid(argument);
    }
    return new ItemRequest(Long.parseLong(text), null, null);
  }
}
