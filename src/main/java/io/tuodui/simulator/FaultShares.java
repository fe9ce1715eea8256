package io.tuodui.simulator;

import java.util.EnumMap;
import java.util.Map;

/** Which share of the accepted calls fails in each way, in hundredths of a percent. */
final class FaultShares {
  private static final Fault[] KINDS = Fault.values();
  private static final int ALL = 10_000;

  /** Where the share of each kind ends; it begins where that of the one before ends. */
  private final int[] ends = new int[KINDS.length];

  /**
   * @param singly in percent; what {@code faults} says holds for the others
   * @throws IllegalArgumentException if a share is none, or all of them are more than 100 %
   */
  FaultShares(Faults faults, Map<Fault, Double> singly) {
    Map<Fault, Double> percents = new EnumMap<>(Fault.class);
    for (Fault kind : KINDS) {
      percents.put(kind, kind.inStorms() ? faults.percentOfEach() : 0.0);
    }
    percents.putAll(singly);
    int end = 0;
    for (Fault kind : KINDS) {
      double percent = percents.get(kind);
      if (!(percent >= 0 && percent <= 100)) {
        throw new IllegalArgumentException(
            "the share of fault %s must be from 0%% to 100%%, not %s%%"
                .formatted(kind.label(), percent));
      }
      end += (int) Math.round(percent * ALL / 100);
      ends[kind.ordinal()] = end;
    }
    if (end > ALL) {
      throw new IllegalArgumentException(
          "the shares of all faults must be 100%% at most, not %s%%".formatted(end * 100.0 / ALL));
    }
  }

  boolean none() {
    return ends[ends.length - 1] == 0;
  }

  /** The fault that these bits come to, {@code null} for none. */
  Fault pick(long bits) {
    int lot = Dice.below(ALL, bits);
    for (Fault kind : KINDS) {
      if (lot < ends[kind.ordinal()]) {
        return kind;
      }
    }
    return null;
  }
}
