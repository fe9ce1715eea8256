package io.tuodui.simulator;

/** How often the simulated platform fails a call that passed all of its checks. */
public enum Faults {
  NONE(0),
  /** One call in a hundred of each {@link Fault}. */
  NORMAL(1),
  /** Ten calls in a hundred of each {@link Fault}. */
  STORM(10);

  private final int percentOfEach;

  Faults(int percentOfEach) {
    this.percentOfEach = percentOfEach;
  }

  int percentOfEach() {
    return percentOfEach;
  }
}
