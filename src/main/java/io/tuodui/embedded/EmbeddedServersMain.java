package io.tuodui.embedded;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The program of the child JVM: starts the embedded servers, prints one line, and lives as long as
 * its parent. Standard output carries that line only, either of
 *
 * <pre>
 * READY redis=PORT mysql=PORT mongodb=PORT
 * FAILED what went wrong, on one line
 * </pre>
 */
public final class EmbeddedServersMain {

  /** Stands for a line end within the message of a FAILED line. */
  static final String LINE_END = " | ";

  private EmbeddedServersMain() {}

  /**
   * Runs until the end of standard input or SIGTERM, then stops the servers cleanly and exits with
   * 0; exits with 1 if they do not start.
   *
   * @param args the data directory, and the kinds, separated by commas, as {@code redis,mysql}
   */
  public static void main(String[] args) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err); // whatever a library prints must not look like our one line
    System.setProperty("logback.configurationFile", "io/tuodui/embedded/logback-embedded.xml");
    EmbeddedServers servers;
    Set<Kind> kinds;
    try {
      if (args.length != 2) {
        throw new EmbeddedServersException(
            "Usage: EmbeddedServersMain DATA_DIRECTORY redis,mysql,mongodb");
      }
      kinds = kinds(args[1]);
      servers = EmbeddedServers.start(Path.of(args[0]), kinds);
    } catch (RuntimeException | NoClassDefFoundError e) {
      String message =
          e instanceof EmbeddedServersException ? e.getMessage() : "Unexpected failure: " + e;
      out.println("FAILED " + message.replaceAll("\\R", LINE_END));
      Runtime.getRuntime().halt(1);
      return;
    }
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  servers.close();
                  // 0 and not 143: ending by SIGTERM is how this program is meant to end
                  Runtime.getRuntime().halt(0);
                },
                "close-embedded"));
    out.println(
        kinds.stream()
            .map(kind -> kind.label() + "=" + servers.port(kind))
            .collect(Collectors.joining(" ", "READY ", "")));
    awaitEndOfInput();
    System.exit(0);
  }

  private static Set<Kind> kinds(String list) {
    try {
      return Arrays.stream(list.split(","))
          .map(name -> Kind.valueOf(name.strip().toUpperCase(Locale.ROOT)))
          .collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class)));
    } catch (IllegalArgumentException e) {
      throw new EmbeddedServersException(
          "Unknown server in \"" + list + "\". Known are redis, mysql and mongodb.");
    }
  }

  private static void awaitEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // The parent never writes; it is there as long as the pipe is open
      }
    } catch (IOException e) {
      // A broken pipe says the same as its end: the parent is gone
    }
  }
}
