package io.tuodui.embedded;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * A Redis Cluster of three masters on this machine for tests: one per test JVM, empty at its start,
 * started by the first test that asks and stopped with the JVM.
 */
public final class RedisClusterForTests {

  private static final int MASTERS = 3;
  private static final int SLOTS = 16_384;
  private static final int BUS_PORT_OFFSET = 10_000;

  /** Holds the lock of the folder: let go of, it would be given back by the garbage collector. */
  private static DataDir data;

  private static List<Integer> ports;

  private RedisClusterForTests() {}

  /** The ports of the masters on 127.0.0.1; all slots are served when this returns. */
  public static synchronized List<Integer> ports() {
    if (ports == null) {
      try {
        data = FreshDataDir.lock("redis-cluster-for-tests");
        ports = start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return ports;
  }

  /** As {@code spring.data.redis.cluster.nodes} takes it: {@code 127.0.0.1:P1,127.0.0.1:P2,…}. */
  public static String nodes() {
    return ports().stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  private static List<Integer> start() throws IOException {
    Path program = RedisProgram.unpacked(data);
    List<Process> processes = new ArrayList<>();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> processes.forEach(Process::destroyForcibly), "close-redis-cluster"));
    List<Integer> started = new ArrayList<>();
    for (int node = 1; node <= MASTERS; node++) {
      int port = freePortWithBus();
      Path folder = Files.createDirectories(data.root().resolve("node-" + node));
      Process process =
          new ProcessBuilder(command(program, folder, port))
              .redirectErrorStream(true)
              .redirectOutput(data.root().resolve("node-" + node + ".log").toFile())
              .start();
      Files.writeString(data.root().resolve("node-" + node + ".pid"), process.pid() + "\n");
      processes.add(process);
      started.add(port);
    }
    started.forEach(
        port ->
            Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .until(() -> RedisProgram.serves(port)));
    form(started);
    return List.copyOf(started);
  }

  private static List<String> command(Path program, Path folder, int port) {
    List<String> command = new ArrayList<>(List.of(program.toString(), "--dir", folder.toString()));
    command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--cluster-enabled", "yes", "--cluster-node-timeout", "3000"));
    command.addAll(List.of("--save", "", "--maxmemory-policy", "noeviction"));
    command.addAll(List.of("--set-proc-title", "no"));
    return command;
  }

  private static void form(List<Integer> masters) {
    RedisClient client = RedisClient.create();
    try {
      for (int index = 0; index < MASTERS; index++) {
        try (StatefulRedisConnection<String, String> connection =
            client.connect(RedisURI.create("127.0.0.1", masters.get(index)))) {
          RedisCommands<String, String> redis = connection.sync();
          int from = SLOTS * index / MASTERS;
          int to = SLOTS * (index + 1) / MASTERS;
          redis.clusterAddSlots(IntStream.range(from, to).toArray());
          redis.clusterMeet("127.0.0.1", masters.get(0));
        }
      }
      for (int port : masters) {
        try (StatefulRedisConnection<String, String> connection =
            client.connect(RedisURI.create("127.0.0.1", port))) {
          Awaitility.await()
              .atMost(Duration.ofSeconds(30))
              .pollInterval(Duration.ofMillis(50))
              .until(() -> complete(connection.sync().clusterInfo()));
        }
      }
    } finally {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
  }

  private static boolean complete(String clusterInfo) {
    return clusterInfo.contains("cluster_state:ok")
        && clusterInfo.contains("cluster_slots_ok:" + SLOTS)
        && clusterInfo.contains("cluster_known_nodes:" + MASTERS);
  }

  private static int freePortWithBus() throws IOException {
    int port = NativeServer.freePort();
    while (port + BUS_PORT_OFFSET > 65_535) {
      port = NativeServer.freePort();
    }
    return port;
  }
}
