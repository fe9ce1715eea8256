package io.tuodui.embedded;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded servers in a child JVM, seen from the application. A JVM of their own, so that a
 * {@code kill -9} of the application leaves them alive long enough to save (the child sees the end
 * of its input and stops them cleanly), and their memory is not the application's. This class
 * touches no class of the servers' libraries.
 */
public final class EmbeddedServersProcess implements AutoCloseable {

  /**
   * For the one server that lives in this heap: MongoDB on a file, whose page cache is small (see
   * {@link MongoProgram}). Nearly all that it allocates is garbage once a bulk is written (200
   * documents of 30 kB, and the pages they go to), so that two thirds of the heap are the young
   * generation: it is collected seldom, and little of it is alive then, to be copied. The parallel
   * collector, because it takes the least time of the cores from the application, and nobody minds
   * its pauses. Out of memory ends the JVM instead of leaving it half alive.
   */
  public static final List<String> JVM_FLAGS = jvmFlags();

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServersProcess.class);
  private static final Duration START_PATIENCE = Duration.ofSeconds(120);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
  private static final String END_OF_OUTPUT = "\0";

  private final Process process;
  private final Map<Kind, Integer> ports;

  private EmbeddedServersProcess(Process process, Map<Kind, Integer> ports) {
    this.process = process;
    this.ports = Map.copyOf(ports);
  }

  /**
   * As {@link #launch(Path, Set, List, List)}, with the class path of this distribution and {@link
   * #JVM_FLAGS}.
   */
  public static EmbeddedServersProcess launch(Path dataDir, Set<Kind> kinds) {
    return launch(dataDir, kinds, EmbeddedClassPath.find(), JVM_FLAGS);
  }

  /**
   * Starts the child JVM with the java of this JVM and waits until all servers are ready, at most
   * 120 s.
   *
   * @param dataDir where the servers keep their data; see {@link EmbeddedServers#start}
   * @param kinds which servers to start
   * @param classPath files, folders and {@code folder/*}
   * @param jvmFlags for the child JVM
   * @throws EmbeddedServersException if they do not start; quotes what the child said
   */
  public static EmbeddedServersProcess launch(
      Path dataDir, Set<Kind> kinds, List<String> classPath, List<String> jvmFlags) {
    Path log = dataDir.resolve("embedded.log");
    List<String> command = new ArrayList<>(OwnSession.prefix());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmFlags);
    command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath)));
    command.add("io.tuodui.embedded.EmbeddedServersMain");
    command.add(dataDir.toAbsolutePath().toString());
    command.add(kinds.stream().map(Kind::label).collect(Collectors.joining(",")));
    Process process;
    try {
      Files.createDirectories(dataDir);
      process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new EmbeddedServersException("The embedded servers cannot be started: " + e, e);
    }
    try {
      return new EmbeddedServersProcess(process, awaitReady(process, log));
    } catch (RuntimeException e) {
      closeInput(process);
      process.destroy();
      throw e;
    }
  }

  private static Map<Kind, Integer> awaitReady(Process process, Path log) {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> readLines(process, lines), "embedded-servers-output");
    reader.setDaemon(true);
    reader.start();
    List<String> output = new ArrayList<>();
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    try {
      while (true) {
        String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (line == null || line.equals(END_OF_OUTPUT)) {
          String what =
              line == null ? "are not ready after " + START_PATIENCE.toSeconds() + " s" : "ended";
          throw new EmbeddedServersException(
              "The embedded servers %s. Their output: %s%nThe end of %s:%n%s"
                  .formatted(what, output, log, LogTail.of(log)));
        }
        if (line.startsWith("FAILED ")) {
          throw new EmbeddedServersException(
              line.substring("FAILED ".length()).replace(EmbeddedServersMain.LINE_END, "\n"));
        }
        if (line.startsWith("READY ")) {
          return ports(line);
        }
        output.add(line);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServersException("Interrupted while the embedded servers started", e);
    }
  }

  private static void readLines(Process process, BlockingQueue<String> lines) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      LOG.debug("The output of the embedded servers ended: {}", e.toString());
    }
    lines.add(END_OF_OUTPUT);
  }

  private static Map<Kind, Integer> ports(String readyLine) {
    Map<Kind, Integer> ports = new EnumMap<>(Kind.class);
    for (String entry : readyLine.substring("READY ".length()).split(" ")) {
      String[] pair = entry.split("=");
      ports.put(Kind.valueOf(pair[0].toUpperCase(Locale.ROOT)), Integer.valueOf(pair[1]));
    }
    return ports;
  }

  /** The TCP ports on 127.0.0.1, of each kind that was started. */
  public Map<Kind, Integer> ports() {
    return ports;
  }

  /** The process id of the child JVM. */
  public long pid() {
    return process.pid();
  }

  /** Whether the child JVM runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Tells the child to stop the servers and waits up to 30 s for it. A child that is still saving
   * then is left to finish: it ends by itself.
   */
  @Override
  public void close() {
    closeInput(process);
    try {
      if (!process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn(
            "The embedded servers (process {}) are still saving after {} s; they end by themselves",
            process.pid(),
            STOP_PATIENCE.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> jvmFlags() {
    List<String> flags =
        new ArrayList<>(
            List.of("-Xmx768m", "-Xmn512m", "-XX:+UseParallelGC", "-XX:+ExitOnOutOfMemoryError"));
    if (Runtime.version().feature() >= 23) {
      // Else each start logs a warning about Netty, which uses what Java 23 began to warn of
      flags.add("--sun-misc-unsafe-memory-access=allow");
    }
    return List.copyOf(flags);
  }

  private static void closeInput(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      LOG.debug("The input of the embedded servers was closed already: {}", e.toString());
    }
  }
}
