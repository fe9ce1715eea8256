package io.tuodui.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OS;
import redis.embedded.model.OsArchitecture;

/** The redis-server of the embedded-redis library, run with settings that lose nothing. */
final class RedisProgram {

  private RedisProgram() {}

  /** Starts Redis on the data of earlier starts. */
  static EmbeddedServer start(DataDir data) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(data.folder(Kind.REDIS));
    Path program = unpacked(data);
    return NativeServer.start(
        data, Kind.REDIS, port -> command(program, folder, port), RedisProgram::serves);
  }

  /** The path of a redis-server for this platform, unpacked if need be. */
  static Path unpacked(DataDir data) throws IOException {
    OsArchitecture platform = OsArchitecture.detectOSandArchitecture();
    String name = ExecutableProvider.newProvidedVersionsMap().get(platform);
    if (name == null) {
      throw new EmbeddedServersException(
          "There is no embedded Redis for %s %s. Configure your own with spring.data.redis.*."
              .formatted(platform.os, platform.arch));
    }
    String file = Path.of(name).getFileName().toString();
    return Binaries.unpackedOnce(
            file, data, target -> ExecutableProvider.newJarResourceProvider(target.toFile()).get())
        .resolve(file);
  }

  private static List<String> command(Path program, Path folder, int port) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of("--dir", folder.toString()));
    command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--appendonly", "yes", "--appendfsync", "everysec"));
    // The append-only file has it all; snapshots beside it would only delay the stop
    command.addAll(List.of("--save", ""));
    command.addAll(List.of("--maxmemory-policy", "noeviction"));
    if (OS.detectOS() != OS.WINDOWS) {
      // Keeps the command line as given: it is how an orphan is recognised. (Windows: Redis 5)
      command.addAll(List.of("--set-proc-title", "no"));
    }
    return command;
  }

  /** Whether a Redis on this port answers PING with PONG, that is, has loaded its data. */
  static boolean serves(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] reply = socket.getInputStream().readNBytes("+PONG".length());
      return "+PONG".equals(new String(reply, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return false;
    }
  }
}
