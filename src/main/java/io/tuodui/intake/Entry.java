package io.tuodui.intake;

/**
 * One entry of an id list, before it is known to be an id.
 *
 * @param line the line of the file on which it begins, from 1
 * @param text what stands where the id is expected
 * @param problem why no id can be in this entry, found while looking for it; else {@code null}
 */
record Entry(long line, String text, Problem problem) {

  Entry(long line, String text) {
    this(line, text, null);
  }
}
