package io.tuodui.simulator;

import java.util.Map;

/**
 * A request, free of HTTP.
 *
 * @param path decoded, from the first slash on
 * @param parameters of query and form together, decoded
 * @param arrivalNanos when its bytes were read, on the clock of {@link System#nanoTime()}
 */
record Call(String path, Map<String, String> parameters, long arrivalNanos) {

  String parameter(String name) {
    String value = parameters.get(name);
    return value == null || value.isEmpty() ? null : value;
  }
}
