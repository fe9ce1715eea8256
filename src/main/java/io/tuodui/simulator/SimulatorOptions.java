package io.tuodui.simulator;

import java.time.Duration;
import java.util.Objects;

/**
 * What to simulate.
 *
 * @param port to listen on, 0 for any free one
 * @param accounts how many of {@link SimulatedAccounts} the platform knows, at least 1
 * @param perSecond calls an account may make in any one second, 0 for no limit
 * @param perMinute calls an account may make in any one minute, 0 for no limit
 * @param perDay calls an account may make from 00:00 to 24:00 GMT+8, 0 for no limit
 * @param latency from the arrival of a call to its answer
 * @param jitter the latency varies evenly by up to this much both ways; at most {@code latency}
 * @param faults how often calls fail that passed all checks; {@code quirks} may say otherwise
 * @param seed of latency and faults; the products depend on their ids alone
 * @param quirks in what the platform is not its usual self
 */
public record SimulatorOptions(
    int port,
    int accounts,
    int perSecond,
    int perMinute,
    int perDay,
    Duration latency,
    Duration jitter,
    Faults faults,
    long seed,
    Quirks quirks) {

  public SimulatorOptions {
    within("port", port, 0, 65_535);
    within("accounts", accounts, 1, 100_000);
    within("per-second", perSecond, 0, Integer.MAX_VALUE);
    within("per-minute", perMinute, 0, Integer.MAX_VALUE);
    within("per-day", perDay, 0, Integer.MAX_VALUE);
    within("latency", latency.toMillis(), 0, 600_000);
    Objects.requireNonNull(faults, "faults");
    if (jitter.isNegative() || jitter.compareTo(latency) > 0) {
      throw new IllegalArgumentException(
          "jitter must be from 0 ms to the latency of %d ms, not %d ms"
              .formatted(latency.toMillis(), jitter.toMillis()));
    }
    new FaultShares(faults, quirks.faultPercents());
  }

  /** A platform that is its usual self, without limits of a minute. */
  public SimulatorOptions(
      int port,
      int accounts,
      int perSecond,
      int perDay,
      Duration latency,
      Duration jitter,
      Faults faults,
      long seed) {
    this(port, accounts, perSecond, 0, perDay, latency, jitter, faults, seed, Quirks.NONE);
  }

  FaultShares faultShares() {
    return new FaultShares(faults, quirks.faultPercents());
  }

  static void within(String name, long value, long low, long high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          "%s must be from %d to %d, not %d".formatted(name, low, high, value));
    }
  }

  /** Any free port, no limits, no latency, no faults: what most tests want. */
  public static SimulatorOptions plain(int accounts) {
    return plain(accounts, Quirks.NONE);
  }

  /** The same with quirks. */
  public static SimulatorOptions plain(int accounts, Quirks quirks) {
    return new SimulatorOptions(
        0, accounts, 0, 0, 0, Duration.ZERO, Duration.ZERO, Faults.NONE, 1, quirks);
  }
}
