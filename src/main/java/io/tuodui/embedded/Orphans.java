package io.tuodui.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends server processes that a killed JVM left running on our data. */
final class Orphans {

  private Orphans() {}

  /**
   * Stops the process that a pid file names, if its command line names the data folder: the number
   * alone may meanwhile belong to something else. Does nothing without a pid file.
   *
   * @param pidFile written when the server was started; deleted here
   * @param folder the real path of the server's data
   * @param patience how long a clean stop may take before the process is killed
   */
  static void stop(Path pidFile, Path folder, Duration patience) throws IOException {
    if (!Files.exists(pidFile)) {
      return;
    }
    Optional<ProcessHandle> orphan = pid(pidFile).flatMap(ProcessHandle::of);
    if (orphan.isPresent() && names(orphan.get(), folder)) {
      end(orphan.get(), patience);
    }
    Files.deleteIfExists(pidFile);
  }

  /** Asks a process to end, kills it when patience is over, and waits until it is gone. */
  static void end(ProcessHandle process, Duration patience) {
    process.destroy();
    if (!awaitExit(process, patience)) {
      process.destroyForcibly();
      awaitExit(process, patience);
    }
  }

  private static boolean awaitExit(ProcessHandle process, Duration patience) {
    try {
      process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for process " + process.pid() + " failed", e);
    }
  }

  private static Optional<Long> pid(Path pidFile) throws IOException {
    String text = Files.readString(pidFile).strip();
    return text.matches("\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  private static boolean names(ProcessHandle process, Path folder) {
    String path = folder.toString();
    return arguments(process).stream()
        .anyMatch(argument -> argument.equals(path) || argument.endsWith("=" + path));
  }

  private static List<String> arguments(ProcessHandle process) {
    try {
      // ProcessHandle.Info cuts long command lines; /proc does not
      String line =
          Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.UTF_8);
      return Arrays.asList(line.split("\0"));
    } catch (IOException e) {
      return process.info().arguments().map(Arrays::asList).orElse(List.of());
    }
  }
}
