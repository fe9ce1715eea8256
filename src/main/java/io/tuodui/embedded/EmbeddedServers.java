package io.tuodui.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The embedded servers of one data directory, running. All listen on 127.0.0.1, on ports that were
 * free. Used in a JVM of its own ({@link EmbeddedServersMain}) and directly in tests.
 */
public final class EmbeddedServers implements AutoCloseable {

  private static final Duration ORPHAN_PATIENCE = Duration.ofSeconds(30);

  private final DataDir data;
  private final Map<Kind, EmbeddedServer> servers = new EnumMap<>(Kind.class);
  private boolean closed;

  private EmbeddedServers(DataDir data) {
    this.data = data;
  }

  /**
   * Starts the servers side by side, on the data that an earlier start left in {@code dataDir}.
   * Servers that a killed JVM left running on that data are stopped first.
   *
   * @param dataDir holds {@code redis/}, {@code mysql/} and {@code mongodb/}; created if missing
   * @param kinds which servers to start
   * @throws EmbeddedServersException if the directory is in use by another process (the message
   *     names it), or a server does not start (the message quotes its log)
   */
  public static EmbeddedServers start(Path dataDir, Set<Kind> kinds) {
    EmbeddedServers all = new EmbeddedServers(DataDir.lock(dataDir));
    Map<Kind, CompletableFuture<EmbeddedServer>> starts = new EnumMap<>(Kind.class);
    for (Kind kind : kinds) {
      CompletableFuture<EmbeddedServer> start = new CompletableFuture<>();
      starts.put(kind, start);
      // A thread each: the common pool of a one-core machine would start them one by one
      Thread thread = new Thread(() -> all.start(kind, start), "start-" + kind.label());
      thread.setDaemon(true);
      thread.start();
    }
    RuntimeException failure = null;
    for (Map.Entry<Kind, CompletableFuture<EmbeddedServer>> start : starts.entrySet()) {
      try {
        all.servers.put(start.getKey(), start.getValue().join());
      } catch (CompletionException e) {
        failure = described(start.getKey(), e.getCause());
      }
    }
    if (failure != null) {
      all.close();
      throw failure;
    }
    Map<Kind, Integer> ports = new EnumMap<>(Kind.class);
    all.servers.forEach((kind, server) -> ports.put(kind, server.port()));
    RunningServers.announce(all.data.root(), ports);
    return all;
  }

  private void start(Kind kind, CompletableFuture<EmbeddedServer> result) {
    try {
      Orphans.stop(data.pidFile(kind), data.folder(kind), ORPHAN_PATIENCE);
      result.complete(
          switch (kind) {
            case REDIS -> RedisProgram.start(data);
            case MYSQL -> MariaDbProgram.start(data);
            case MONGODB -> MongoProgram.start(data);
          });
    } catch (Throwable e) { // errors too: a missing library is a NoClassDefFoundError
      result.completeExceptionally(e);
    }
  }

  private static RuntimeException described(Kind kind, Throwable failure) {
    if (failure instanceof EmbeddedServersException known) {
      return known;
    }
    if (failure instanceof NoClassDefFoundError) {
      return EmbeddedServersException.noLibraries();
    }
    return new EmbeddedServersException(
        "The embedded %s server did not start: %s".formatted(kind.label(), failure), failure);
  }

  /**
   * The TCP port of a server on 127.0.0.1.
   *
   * @throws IllegalArgumentException if that kind was not started
   */
  public int port(Kind kind) {
    EmbeddedServer server = servers.get(kind);
    if (server == null) {
      throw new IllegalArgumentException("no embedded " + kind.label() + " server was started");
    }
    return server.port();
  }

  /**
   * Stops all servers side by side, so that everything they acknowledged is on disk, and frees the
   * data directory. Further calls do nothing.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    data.announceClosing();
    RunningServers.forget(data.root());
    CompletableFuture<?>[] stops =
        servers.values().stream()
            .map(
                server -> {
                  CompletableFuture<Void> stop = new CompletableFuture<>();
                  new Thread(() -> stop(server, stop), "stop-embedded").start();
                  return stop;
                })
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(stops).join();
    } finally {
      try {
        data.close();
      } catch (IOException e) {
        throw new EmbeddedServersException("The data directory could not be freed: " + e, e);
      }
    }
  }

  private static void stop(EmbeddedServer server, CompletableFuture<Void> result) {
    try {
      server.close();
      result.complete(null);
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }
}
