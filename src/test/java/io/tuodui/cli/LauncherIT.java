package io.tuodui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher finds itself and a JDK wherever it stands. */
class LauncherIT {
  private static final Path FOLDER = Tuodui.folder("launcher in a folder");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void runsThroughALinkAndFromAPathWithSpaces() throws IOException {
    Path installation = Files.createDirectories(FOLDER.resolve("an installation"));
    Files.copy(Tuodui.LAUNCHER, installation.resolve("tuodui"));
    Files.createDirectories(installation.resolve("target"));
    Files.createSymbolicLink(
        installation.resolve("target/dist"), Tuodui.HOME.resolve("target/dist"));
    Path link = Files.createSymbolicLink(FOLDER.resolve("link"), Path.of("an installation/tuodui"));

    // The command that has the most flags; a list that is missing ends it.
    Tuodui.Result result = run(link, Map.of("CDPATH", "/tmp"), "collect", "no such list.txt");

    assertThat(result.err())
        .isEqualTo("tuodui: no such list.txt is not there or cannot be read.\n");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void takesTheJdkOfJavaHome() {
    String home = System.getProperty("java.home");
    Tuodui.Result result = run(Tuodui.LAUNCHER, Map.of("JAVA_HOME", home), "version");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out().strip()).endsWith(" at " + home);
  }

  @Test
  void passesOverAJavaHomeThatIsTooOld() throws IOException {
    Path old = Files.createDirectories(FOLDER.resolve("old jdk/bin")).resolve("java");
    Files.writeString(old, "#!/bin/sh\necho 'openjdk version \"1.8.0_402\"' >&2\n");
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rwxr-xr-x"));

    String home = FOLDER.resolve("old jdk").toString();
    Tuodui.Result result = run(Tuodui.LAUNCHER, Map.of("JAVA_HOME", home), "version");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).startsWith("tuodui ");
    assertThat(result.err()).contains("JAVA_HOME").contains("older than 17");
  }

  @Test
  void worksWithoutJavaHomeAndHome() {
    Tuodui.Result result =
        run(Tuodui.LAUNCHER, Map.of("JAVA_HOME", "", "HOME", "", "TERM", ""), "version");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).startsWith("tuodui ");
    assertThat(result.err()).isEmpty();
  }

  /** One command of each kind; the JVM takes one collector only. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          version                  | -XX:+UseZGC                              | The Z Garbage Collector
          jobs list --limit=0      | -Xms64m -XX:+UseZGC                      | The Z Garbage Collector
          simulator --accounts=-1  | -XX:+UseZGC -Xmx256m                     | The Z Garbage Collector
          demo --ids=0             | -XX:+UseZGC                              | The Z Garbage Collector
          version                  | -XX:+UseNUMA -XX:MaxGCPauseMillis=100    | Serial
          simulator --accounts=-1  | -XX:+UseNUMA -XX:MaxGCPauseMillis=100    | Parallel
          demo --ids=0             | -XX:+UseNUMA -XX:MaxGCPauseMillis=100    | G1
          """)
  void givesWayToAGarbageCollectorThatIsAskedFor(String command, String flags, String collector) {
    Tuodui.Result result =
        run(
            Tuodui.LAUNCHER,
            Map.of("TUODUI_JAVA_OPTS", flags + " -Xlog:gc:stderr"),
            command.split(" "));

    assertThat(result.err()).contains("Using " + collector + "\n");
  }

  @Test
  void saysWhatToDoWhenNothingIsBuilt() throws IOException {
    Path launcher = Files.createDirectories(FOLDER.resolve("bare")).resolve("tuodui");
    Files.copy(Tuodui.LAUNCHER, launcher);

    Tuodui.Result result = run(launcher, Map.of(), "version");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("tuodui.jar is missing").contains("mvn");
  }

  private static Tuodui.Result run(
      Path launcher, Map<String, String> environment, String... arguments) {
    try (Tuodui tuodui = Tuodui.start(FOLDER, environment, launcher, arguments)) {
      return tuodui.await(PATIENCE);
    }
  }
}
