package io.tuodui.account;

/** A call that has its place among those that leave, and is about to. */
public interface Departure {
  /** Whether it is not too late for its permit by now: the machine may pause at any time. */
  boolean isInTime();

  /**
   * Notes that it has left only now, and not when it was let go. What must keep its distance from
   * it goes by this.
   */
  void left();
}
