package io.tuodui.token;

/** A stored token that the keys of this node do not open. */
final class UnreadableToken extends Exception {
  private static final long serialVersionUID = 1;

  UnreadableToken(String owner, String why) {
    super("The stored token " + owner + " is " + why);
  }
}
