package io.tuodui.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Embedded servers that another process started: the file {@code ports} of their data directory
 * says where they listen, so that a command can look at the data while a node runs on them.
 */
public final class RunningServers {
  private static final String FILE = "ports";

  private RunningServers() {}

  /**
   * The ports on 127.0.0.1 of the servers that run on a data directory; empty when none do. Whoever
   * uses them must bear that their owner stops them.
   */
  public static Optional<Map<Kind, Integer>> ports(Path dataDir) {
    Path file = dataDir.resolve(FILE);
    // A killed process leaves its file behind, but not its lock.
    if (!Files.isReadable(file) || !DataDir.isLocked(dataDir)) {
      return Optional.empty();
    }
    Map<Kind, Integer> ports = new EnumMap<>(Kind.class);
    try (var reader = Files.newBufferedReader(file)) {
      Properties lines = new Properties();
      lines.load(reader);
      for (Kind kind : Kind.values()) {
        String port = lines.getProperty(kind.label());
        if (port != null) {
          ports.put(kind, Integer.valueOf(port));
        }
      }
    } catch (IOException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
    return Optional.of(ports);
  }

  static void announce(Path dataDir, Map<Kind, Integer> ports) {
    StringBuilder lines = new StringBuilder();
    ports.forEach((kind, port) -> lines.append(kind.label()).append('=').append(port).append('\n'));
    try {
      Files.writeString(dataDir.resolve(FILE), lines);
    } catch (IOException e) {
      throw new EmbeddedServersException("The data directory cannot be written: " + e, e);
    }
  }

  static void forget(Path dataDir) {
    try {
      Files.deleteIfExists(dataDir.resolve(FILE));
    } catch (IOException e) {
      throw new EmbeddedServersException("The data directory cannot be written: " + e, e);
    }
  }
}
