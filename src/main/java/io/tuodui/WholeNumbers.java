package io.tuodui;

import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the whole numbers of the command line; of what is none, it says so without Java's words.
 */
final class WholeNumbers {
  private WholeNumbers() {}

  /** For a command and those below it. */
  static void registerAt(CommandLine line) {
    line.registerConverter(int.class, WholeNumbers::ofInt);
    line.registerConverter(Integer.class, WholeNumbers::ofInt);
    line.registerConverter(long.class, WholeNumbers::ofLong);
    line.registerConverter(Long.class, WholeNumbers::ofLong);
  }

  private static int ofInt(String text) {
    long number = ofLong(text);
    if (number != (int) number) {
      throw new TypeConversionException("'" + text + "' is too large");
    }
    return (int) number;
  }

  private static long ofLong(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException none) {
      throw new TypeConversionException("'" + text + "' is no whole number");
    }
  }
}
