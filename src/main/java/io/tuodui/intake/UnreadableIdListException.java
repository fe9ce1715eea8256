package io.tuodui.intake;

import java.nio.file.Path;

/** A file that is not a list of ids at all; the message says what it is and what to do. */
public class UnreadableIdListException extends Exception {

  private static final long serialVersionUID = 1L;

  UnreadableIdListException(Path file, String what) {
    super(file.getFileName() + " " + what);
  }
}
