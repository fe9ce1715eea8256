package io.tuodui.collect;

/** A task whose holders died, one after the other: there shall be no next one. */
public final class PoisonTask extends Exception {
  private static final long serialVersionUID = 1L;

  PoisonTask(int deaths) {
    super(deaths + " nodes died while they held this task; look at their logs before replaying it");
  }
}
