package io.tuodui.account;

/** A call that may leave now. */
@FunctionalInterface
public interface Departure {
  /**
   * Notes that it has left only now, and not when it was let go: between the two the machine may
   * have paused. What must keep its distance from it goes by this.
   */
  void left();
}
