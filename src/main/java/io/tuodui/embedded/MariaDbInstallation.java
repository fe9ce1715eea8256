package io.tuodui.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the data folder of a new MariaDB server: system tables, the sys schema, and root without a
 * password (the server listens on 127.0.0.1 only). Does what {@code mariadb-install-db} does, less
 * the help texts, by feeding the same SQL files to {@code mariadbd --bootstrap}.
 */
final class MariaDbInstallation {

  private static final List<String> SQL_FILES =
      List.of(
          "mariadb_system_tables.sql",
          "mariadb_performance_tables.sql",
          "mariadb_system_tables_data.sql",
          "maria_add_gis_sp_bootstrap.sql",
          "mariadb_sys_schema.sql");

  private MariaDbInstallation() {}

  /**
   * Creates the data folder, under another name until it is complete: a killed installation leaves
   * nothing that looks like data.
   */
  static void create(Path base, Path program, DataDir data)
      throws IOException, InterruptedException {
    Path unfinished = data.root().resolve("mysql.unfinished");
    Binaries.deleteTree(unfinished);
    Files.createDirectories(unfinished);
    List<String> command = new ArrayList<>(MariaDbProgram.common(base, program, unfinished));
    command.add("--bootstrap");
    command.add("--max-allowed-packet=8M");
    Path log = data.startLog(Kind.MYSQL);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      feed(process, sqlFolder(base));
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw failed(log, null);
      }
    } catch (IOException e) {
      // The server ended before it had read everything; its log says why
      throw failed(log, e);
    } finally {
      process.destroyForcibly().waitFor();
    }
    Files.move(unfinished, data.folder(Kind.MYSQL), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void feed(Process process, Path sqlFolder) throws IOException {
    try (OutputStream sql = process.getOutputStream()) {
      // The bootstrap reader takes one statement a line end
      sql.write(
          "create database if not exists mysql;\nuse mysql;\nset @auth_root_socket=null;\n"
              .getBytes(StandardCharsets.US_ASCII));
      for (String file : SQL_FILES) {
        Files.copy(sqlFolder.resolve(file), sql);
      }
    }
  }

  private static Path sqlFolder(Path base) {
    Path share = base.resolve("share");
    return Files.isRegularFile(share.resolve(SQL_FILES.get(0))) ? share : share.resolve("mysql");
  }

  private static EmbeddedServersException failed(Path log, Throwable cause) {
    return new EmbeddedServersException(
        "The embedded MariaDB could not make its system tables. The end of its log %s:%n%s"
            .formatted(log, LogTail.of(log)),
        cause);
  }
}
