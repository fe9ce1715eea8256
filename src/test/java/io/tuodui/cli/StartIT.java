package io.tuodui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tuodui.embedded.EmbeddedServers;
import io.tuodui.embedded.Kind;
import io.tuodui.embedded.ServersForTests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node that cannot start says why in a few lines, on servers that are there or are not. */
class StartIT {
  private static final Path FOLDER = Tuodui.folder("start");

  @BeforeAll
  static void writeFiles() throws IOException {
    Files.writeString(FOLDER.resolve("ids.txt"), "520000000325\n");
    Files.writeString(
        FOLDER.resolve("accounts.yaml"), "accounts: [{name: a, app-key: 1, app-secret: s}]\n");
    copyRoutes("missing");
    Files.delete(FOLDER.resolve("missing/30-store-batch.camel.yaml"));
    Path unknownStep = copyRoutes("unknown-step").resolve("20-collect-items.camel.yaml");
    Files.writeString(unknownStep, Files.readString(unknownStep).replace("- split:", "- spilt:"));
    Path badYaml = copyRoutes("bad-yaml").resolve("20-collect-items.camel.yaml");
    Files.writeString(badYaml, "- route:\n    id: x\n   from: {\n");
    Files.createDirectories(FOLDER.resolve("empty"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          missing      | lack store-batch
          unknown-step | 20-collect-items.camel.yaml
          bad-yaml     | 20-collect-items.camel.yaml
          empty        | lack
          """)
  void refusesBrokenRoutes(String folder, String told) {
    failsWith(told, "--tuodui.routes=file:" + folder + "/*.camel.yaml").contains("tuodui.routes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --spring.data.redis.url=redis://127.0.0.1:1            | Redis does not answer
          --spring.data.mongodb.uri=mongodb://127.0.0.1:1/tuodui | MongoDB at 127.0.0.1:1 does not answer
          --spring.datasource.url=jdbc:mysql://127.0.0.1:1/tuodui | MySQL does not answer
          --spring.datasource.username=stranger                  | MySQL refuses the login
          """)
  void saysWhichStoreIsAway(String setting, String told) {
    failsWith(told, setting);
  }

  @Test
  void saysThatThePortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      failsWith(
          "Port " + taken.getLocalPort() + " is taken", "--server.port=" + taken.getLocalPort());
    }
  }

  @Test
  void saysWhoUsesTheDataDirectory() {
    Path data = FOLDER.resolve("data");
    try (EmbeddedServers holder = EmbeddedServers.start(data, EnumSet.of(Kind.REDIS))) {
      assertThat(holder.port(Kind.REDIS)).isPositive();
      Tuodui.Result result =
          Tuodui.run(
              FOLDER,
              "collect",
              "ids.txt",
              "--server.port=0",
              "--tuodui.accounts-file=accounts.yaml");

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err())
          .contains(
              "tuodui: The data directory "
                  + data
                  + " is in use by process "
                  + ProcessHandle.current().pid())
          .doesNotContain("\tat ");
    }
  }

  @Test
  void theSimulatorSaysThatItsPortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Tuodui.Result result = Tuodui.run(FOLDER, "simulator", "--port", port);

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err()).contains(port).doesNotContain("\tat ");
    }
  }

  private static org.assertj.core.api.AbstractStringAssert<?> failsWith(
      String told, String... settings) {
    List<String> arguments = new ArrayList<>(List.of("collect", "ids.txt", "--json"));
    arguments.addAll(
        List.of(
            "--server.port=0",
            "--tuodui.accounts-file=accounts.yaml",
            "--tuodui.gateway.base-url=http://127.0.0.1:1"));
    arguments.addAll(SharedStores.settings("start-it", ServersForTests.jdbcUrl()));
    arguments.addAll(List.of(settings));
    Tuodui.Result result = Tuodui.run(FOLDER, arguments.toArray(String[]::new));

    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).doesNotContain("\tat ");
    assertThat(result.err().lines()).hasSizeLessThanOrEqualTo(8);
    return assertThat(result.err()).contains("tuodui: ").contains(told);
  }

  private static Path copyRoutes(String name) throws IOException {
    Path folder = Files.createDirectories(FOLDER.resolve(name));
    try (Stream<Path> files = Files.list(Tuodui.HOME.resolve("routes"))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    return folder;
  }
}
