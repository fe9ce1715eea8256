package io.tuodui.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** An emptied data directory below {@code target/}, not in use by another test JVM. */
final class FreshDataDir {

  private static final int TEST_JVMS = 16;

  private FreshDataDir() {}

  /** Locks and empties {@code target/<name>-1}, or {@code -2} if that is in use, and so on. */
  static DataDir lock(String name) throws IOException {
    Path target = Path.of(System.getProperty("basedir", ""), "target").toAbsolutePath();
    EmbeddedServersException inUse = null;
    for (int number = 1; number <= TEST_JVMS; number++) {
      try {
        DataDir data = DataDir.lock(target.resolve(name + "-" + number));
        empty(data);
        return data;
      } catch (EmbeddedServersException e) {
        inUse = e;
      }
    }
    throw inUse;
  }

  private static void empty(DataDir data) throws IOException {
    List<Path> entries;
    try (Stream<Path> list = Files.list(data.root())) {
      entries = list.toList();
    }
    for (Path entry : entries) {
      String file = entry.getFileName().toString();
      if (file.endsWith(".pid")) {
        Path folder = data.root().resolve(file.substring(0, file.length() - ".pid".length()));
        Orphans.stop(entry, folder, Duration.ofSeconds(5));
      }
    }
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        Binaries.deleteTree(entry);
      }
    }
  }
}
