package io.tuodui.collect;

/**
 * A call comes so long after its slot that other nodes may be calling with the account by now: this
 * node slept, or what it had under way was held back. Thrown often and on purpose, so it carries no
 * stack trace; unchecked, because the circuit breaker would see others only in a wrapping.
 */
public final class PermitLapsed extends RuntimeException {
  static final String WHY = "The call came too late for its permit";

  private static final long serialVersionUID = 1;

  PermitLapsed() {
    super(WHY, null, false, false);
  }
}
