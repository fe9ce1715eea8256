package io.tuodui.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The program as a user starts it: a process of {@code ./tuodui} in a folder. */
final class Tuodui implements AutoCloseable {
  static final Path HOME = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  static final Path LAUNCHER = HOME.resolve("tuodui");

  static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final AtomicInteger STARTS = new AtomicInteger();

  private final Process process;
  private final Path out;
  private final Path err;

  private Tuodui(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * What a finished process left.
   *
   * @param out standard output
   * @param err standard error
   */
  record Result(int exitCode, String out, String err) {}

  /** Starts a command, with the output kept in files of the folder. */
  static Tuodui start(Path folder, String... arguments) {
    return start(folder, Map.of(), LAUNCHER, arguments);
  }

  /**
   * @param environment an empty value takes a variable away
   * @param launcher the file to start
   */
  static Tuodui start(
      Path folder, Map<String, String> environment, Path launcher, String... arguments) {
    int number = STARTS.incrementAndGet();
    Path out = folder.resolve("stdout-" + number + ".log");
    Path err = folder.resolve("stderr-" + number + ".log");
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    // On the JDK that runs the tests, unless a test says otherwise.
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // Processes that live for seconds start faster without the optimising compiler.
    builder.environment().put("TUODUI_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
    environment.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            builder.environment().remove(name);
          } else {
            builder.environment().put(name, value);
          }
        });
    try {
      return new Tuodui(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command to its end. */
  static Result run(Path folder, String... arguments) {
    try (Tuodui tuodui = start(folder, arguments)) {
      return tuodui.await(PATIENCE);
    }
  }

  /** The same, with settings behind the command. */
  static Result run(Path folder, List<String> settings, String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(settings);
    return run(folder, arguments.toArray(String[]::new));
  }

  /**
   * Waits for the end, at most for the given time; a process that is still there then is killed.
   */
  Result await(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError("not ended after " + patience + ":\n" + out() + "\n" + err());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return new Result(process.exitValue(), out(), err());
  }

  /** Waits until a text stands on standard error. */
  void awaitOnStderr(String text) {
    Awaitility.await(text).atMost(PATIENCE).until(() -> err().contains(text) || !process.isAlive());
    if (!err().contains(text)) {
      throw new AssertionError("ended without \"" + text + "\":\n" + out() + "\n" + err());
    }
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks the process to end, as an operator or a supervisor does. */
  void terminate() {
    process.destroy();
  }

  /** The process, which is the JVM itself. */
  long pid() {
    return process.pid();
  }

  /** Sends a signal by its name, such as STOP. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
  }

  /** {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
    await(Duration.ofSeconds(10));
  }

  /** Ends the process if the test has not. */
  @Override
  public void close() {
    if (process.isAlive()) {
      process.destroy();
      await(PATIENCE);
    }
  }

  /** An emptied folder under {@code target/}. */
  static Path folder(String name) {
    Path folder = HOME.resolve("target").resolve("cli-it").resolve(name);
    try {
      if (Files.exists(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
