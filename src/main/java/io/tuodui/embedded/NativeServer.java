package io.tuodui.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that is a process of its own, with its pid and its log in the data directory. */
final class NativeServer implements EmbeddedServer {

  private static final Logger LOG = LoggerFactory.getLogger(NativeServer.class);
  private static final Duration START_PATIENCE = Duration.ofSeconds(100);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(25);
  private static final int PORTS_TO_TRY = 5;

  private final Kind kind;
  private final int port;
  private final Process process;
  private final Path log;
  private final Path pidFile;
  private volatile boolean closing;

  private NativeServer(Kind kind, int port, Process process, Path log, Path pidFile) {
    this.kind = kind;
    this.port = port;
    this.process = process;
    this.log = log;
    this.pidFile = pidFile;
  }

  /**
   * Starts the server on a free port and waits until it serves.
   *
   * @param data the locked data directory
   * @param kind whose log and pid file to use
   * @param command the command line for a port; must name the data folder as an argument
   * @param serves asks the server on a port whether it is ready
   * @throws EmbeddedServersException if it ends or does not serve in time; quotes its log
   */
  static NativeServer start(
      DataDir data, Kind kind, IntFunction<List<String>> command, IntPredicate serves)
      throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      int port = freePort();
      Path log = data.startLog(kind);
      Process process =
          new ProcessBuilder(command.apply(port))
              .directory(data.folder(kind).toFile())
              .redirectErrorStream(true)
              // A file, not a pipe: the server must live on when this JVM is killed
              .redirectOutput(log.toFile())
              .start();
      Files.writeString(data.pidFile(kind), process.pid() + "\n");
      NativeServer server = new NativeServer(kind, port, process, log, data.pidFile(kind));
      if (server.awaitReady(serves)) {
        process.onExit().thenRun(server::reportUnexpectedEnd);
        return server;
      }
      String tail = LogTail.of(log);
      server.close();
      if (attempt >= PORTS_TO_TRY || !tail.toLowerCase(Locale.ROOT).contains("in use")) {
        throw new EmbeddedServersException(
            "The embedded %s server did not start. The end of its log %s:%n%s"
                .formatted(kind.label(), log, tail));
      }
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean awaitReady(IntPredicate serves) throws InterruptedException {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      if (serves.test(port)) {
        return true;
      }
      if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return false;
  }

  private void reportUnexpectedEnd() {
    if (!closing) {
      LOG.error(
          "The embedded {} server (process {}) ended by itself with exit code {}; see {}",
          kind.label(),
          process.pid(),
          process.exitValue(),
          log);
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void close() {
    closing = true;
    Orphans.end(process.toHandle(), STOP_PATIENCE);
    try {
      Files.deleteIfExists(pidFile);
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted: {}", pidFile, e.toString());
    }
  }
}
