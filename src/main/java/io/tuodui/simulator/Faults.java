package io.tuodui.simulator;

/** How often the simulated platform fails a call that passed all of its checks. */
public enum Faults {
  NONE(0),
  /** One call in a hundred of each {@link Fault} but those that are asked for singly. */
  NORMAL(1),
  /** Ten calls in a hundred of each of these. */
  STORM(10);

  private final double percentOfEach;

  Faults(double percentOfEach) {
    this.percentOfEach = percentOfEach;
  }

  double percentOfEach() {
    return percentOfEach;
  }
}
