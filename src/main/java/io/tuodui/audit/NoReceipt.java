package io.tuodui.audit;

/** A file that is no receipt, or one that cannot be checked; the message says why. */
public final class NoReceipt extends Exception {
  private static final long serialVersionUID = 1;

  NoReceipt(String message) {
    super(message);
  }
}
