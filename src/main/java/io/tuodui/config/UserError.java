package io.tuodui.config;

/** Something that the user can mend. The message says what is wrong, where, and what to do. */
public class UserError extends RuntimeException {

  public UserError(String message) {
    super(message);
  }

  public UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
