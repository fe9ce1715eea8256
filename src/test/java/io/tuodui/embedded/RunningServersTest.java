package io.tuodui.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Others find the servers of a data directory while they run, and only then. */
class RunningServersTest {
  @TempDir private Path dir;

  @Test
  void tellsThePortsWhileTheServersRun() {
    assertThat(RunningServers.ports(dir)).isEmpty();
    try (EmbeddedServers servers = EmbeddedServers.start(dir, EnumSet.of(Kind.REDIS))) {
      assertThat(RunningServers.ports(dir)).contains(Map.of(Kind.REDIS, servers.port(Kind.REDIS)));
    }
    assertThat(RunningServers.ports(dir)).isEmpty();
  }

  @Test
  void doesNotBelieveWhatAKilledProcessLeft() throws IOException {
    DataDir.lock(dir).close();
    Files.writeString(dir.resolve("ports"), "redis=6379\n");
    assertThat(RunningServers.ports(dir)).isEmpty();
  }
}
