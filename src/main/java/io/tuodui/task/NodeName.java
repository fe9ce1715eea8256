package io.tuodui.task;

import java.util.UUID;

/**
 * The name under which this process holds leases and signs what it records.
 *
 * @param name at most 80 characters
 */
public record NodeName(String name) {

  /** Unique to this process: a node that was started again is not taken for its former self. */
  public static NodeName ofThisProcess() {
    return new NodeName(
        ProcessHandle.current().pid() + "-" + UUID.randomUUID().toString().substring(0, 8));
  }
}
