package io.tuodui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
