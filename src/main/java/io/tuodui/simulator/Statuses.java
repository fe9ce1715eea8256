package io.tuodui.simulator;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * HTTP statuses that the platform sends in place of the usual ones: several are not known of the
 * real gateway (protocol section 4.1).
 *
 * @param byName by the gateway's error code, such as {@code gw.ISPInvokeError}, or by the name of a
 *     fault that has a status, such as {@code html}
 */
public record Statuses(Map<String, Integer> byName) {
  private static final Set<String> NAMES =
      Stream.of(
              Arrays.stream(Refusal.values()).map(refusal -> refusal.code),
              Arrays.stream(IspFailure.values()).map(failure -> failure.code),
              Stream.of(Fault.TRUNCATED, Fault.HTML, Fault.EMPTY, Fault.DUPLICATED_KEYS)
                  .map(Fault::label))
          .flatMap(names -> names)
          .collect(Collectors.toCollection(TreeSet::new));

  /** All as they usually are. */
  public static final Statuses USUAL = new Statuses(Map.of());

  /**
   * @throws IllegalArgumentException if nothing has that name, or no body comes with that status
   */
  public Statuses {
    byName = Map.copyOf(byName);
    byName.forEach(Statuses::check);
  }

  private static void check(String name, int status) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "status must name one of " + String.join(", ", NAMES) + ", not '" + name + "'");
    }
    if (status != 200 && (status < 400 || status > 599)) {
      throw new IllegalArgumentException(
          "the status of %s must be 200, or from 400 to 599, not %d".formatted(name, status));
    }
  }

  int of(String name, int usual) {
    return byName.getOrDefault(name, usual);
  }
}
