package io.tuodui.intake;

/**
 * An entry of an id list that is no id.
 *
 * @param line the line of the file on which the entry begins, from 1
 * @param text the entry, cut to its first 80 characters
 * @param reason what is wrong and what to do, in words
 */
public record Rejection(long line, String text, String reason) {

  /** The most characters of an entry that a report repeats. */
  public static final int MAX_TEXT = 80;

  public Rejection {
    if (text.length() > MAX_TEXT) {
      text = text.substring(0, MAX_TEXT);
    }
  }
}
