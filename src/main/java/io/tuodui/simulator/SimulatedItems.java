package io.tuodui.simulator;

import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The items of the simulated platform. Every positive number is the id of an item or of one that is
 * gone: which of them is a pure function of the id, so that a test can work out what a run must end
 * in. About 3 % do not exist and 2 % are off the shelf.
 */
public final class SimulatedItems {
  private static final long FIRST = 520_000_000_000L;
  private static final long THIRTEEN_DIGITS = 5_000_000_000_000L;
  private static final int STRIDE = 1013;

  /** Whether, and how not, an item can be had. */
  enum Shelf {
    /** The platform says that the item does not exist. */
    UNKNOWN,
    /** The platform answers with an error that says 已下架. */
    TAKEN_DOWN,
    /** The item comes back with the status {@code member expired}. */
    EXPIRED,
    PUBLISHED
  }

  private SimulatedItems() {}

  /**
   * The first {@code n} ids of a fixed sequence without repetitions, of 12 digits and more.
   *
   * @throws IllegalArgumentException if {@code n} is negative
   */
  public static LongStream ids(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("the number of ids must be 0 or more, not " + n);
    }
    return IntStream.range(0, n).mapToLong(SimulatedItems::id);
  }

  private static long id(int index) {
    long id = FIRST + (long) index * STRIDE + Dice.below(STRIDE, Dice.mix(index));
    return index % 16 == 15 ? id + THIRTEEN_DIGITS : id;
  }

  /** Whether the platform knows the item, on the shelf or off it. */
  public static boolean exists(long id) {
    return shelf(id) != Shelf.UNKNOWN;
  }

  /** Whether the item can be bought. */
  public static boolean published(long id) {
    return shelf(id) == Shelf.PUBLISHED;
  }

  static Shelf shelf(long id) {
    int lot = Dice.below(100, Dice.mix(~id));
    if (id <= 0 || lot < 3) {
      return Shelf.UNKNOWN;
    }
    return lot == 3 ? Shelf.TAKEN_DOWN : lot == 4 ? Shelf.EXPIRED : Shelf.PUBLISHED;
  }
}
