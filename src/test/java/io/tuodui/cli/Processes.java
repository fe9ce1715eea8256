package io.tuodui.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The processes of this machine. */
final class Processes {
  private Processes() {}

  /** The command lines of the running processes that name a folder. */
  static List<String> naming(Path folder) {
    return ProcessHandle.allProcesses()
        .map(Processes::commandLine)
        .filter(line -> line.contains(folder.toString()))
        .toList();
  }

  /** Whole, where the system tells; the handle's own is cut. */
  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).replace('\0', ' ');
    } catch (IOException elsewhereOrGone) {
      return process.info().commandLine().orElse("");
    }
  }
}
