package io.tuodui.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code tuodui prepare} on a machine with Java 25: starts use what it left when it fits, and are
 * as they would be without it, and silent, when it does not.
 */
class FastStartIT {
  private static final Path FOLDER = Tuodui.folder("fast start");
  private static final Path INSTALLATION = FOLDER.resolve("an installation");
  private static final Path LAUNCHER = INSTALLATION.resolve("tuodui");
  private static final Path DIST = INSTALLATION.resolve("target/dist");
  private static final Path JAR = DIST.resolve("tuodui.jar");
  private static final Path PREPARED = FOLDER.resolve("prepared.aot");
  private static final Path CLASSES = FOLDER.resolve("classes.log");
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  private static String cacheName;

  /**
   * Two at once, as when a tree is prepared by hand and by a build; and a node starts meanwhile.
   */
  @BeforeAll
  static void prepare() throws IOException {
    Path built = Tuodui.HOME.resolve("target/dist");
    Files.createDirectories(DIST);
    Files.copy(Tuodui.LAUNCHER, LAUNCHER);
    for (String file : List.of("tuodui.jar", "node.jvmoptions")) {
      Files.copy(built.resolve(file), DIST.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }
    for (String folder : List.of("lib", "lib-embedded")) {
      Files.createSymbolicLink(DIST.resolve(folder), built.resolve(folder));
    }
    String version = await(start("", "version")).out();
    assumeTrue(version.matches("(?s).* Java (2[5-9]|[3-9]\\d).*"), "Java 25: " + version);

    try (Tuodui prepare = start("", "prepare")) {
      assertThat(classesFromCache("")).isZero();
      assertThat(prepare.await(PATIENCE).exitCode()).as(prepare.err()).isZero();
    }

    List<Path> left = left();
    assertThat(left).hasSize(1);
    cacheName = left.get(0).getFileName().toString();
    Files.copy(left.get(0), PREPARED, StandardCopyOption.COPY_ATTRIBUTES);
  }

  @BeforeEach
  void restore() throws IOException {
    Files.copy(
        PREPARED,
        DIST.resolve(cacheName),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-Xmx700m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"})
  void startsUseTheCache(String options) throws IOException {
    assertThat(classesFromCache(options)).isPositive();
  }

  /** Another size or kind of heap, and flags that the JVM does not take beside a cache. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:+UseZGC",
        "-Xmx40g",
        "-Xshare:auto",
        "-XX:SharedArchiveFile=none.jsa -Xlog:cds=off"
      })
  void startsWithoutTheCacheWhereFlagsDoNotFit(String options) throws IOException {
    assertThat(classesFromCache(options)).isZero();
  }

  @Test
  void startsWithoutTheCacheOfAnotherBuild() throws IOException {
    FileTime builtAt = Files.getLastModifiedTime(JAR);
    try {
      Files.setLastModifiedTime(JAR, FileTime.from(Instant.now()));

      assertThat(classesFromCache("")).isZero();

      // The cache looks new, but is not of this jar: the JVM's own check.
      Files.setLastModifiedTime(
          DIST.resolve(cacheName), FileTime.from(Instant.now().plusSeconds(60)));
      assertThat(classesFromCache("")).isZero();
    } finally {
      Files.setLastModifiedTime(JAR, builtAt);
    }
  }

  @Test
  void startsWithACacheThatIsCutShort() throws IOException {
    FileTime preparedAt = Files.getLastModifiedTime(PREPARED);
    try (RandomAccessFile cache = new RandomAccessFile(DIST.resolve(cacheName).toFile(), "rw")) {
      cache.setLength(cache.length() / 2);
    }
    Files.setLastModifiedTime(DIST.resolve(cacheName), preparedAt);

    assertThat(classesFromCache("")).isZero();
  }

  @Test
  void leavesTheCacheAloneWhenItCannotPrepare() throws IOException {
    Path servers = DIST.resolve("lib-embedded");
    Path away = DIST.resolve("away");
    Files.move(servers, away);
    try (Tuodui prepare = start("", "prepare")) {
      Tuodui.Result result = prepare.await(PATIENCE);

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err()).contains("That failed").contains("carries no embedded servers");
    } finally {
      Files.move(away, servers);
    }
    assertThat(left()).extracting(Path::getFileName).map(Path::toString).containsExactly(cacheName);
    assertThat(classesFromCache("")).isPositive();
  }

  /**
   * How many classes of Tuodui a node takes from the cache, up to the moment when it finds that its
   * list is missing. It says that, and nothing else, whatever becomes of the cache.
   */
  private static long classesFromCache(String options) throws IOException {
    String logged = "-Xlog:class+load:file=" + CLASSES.getFileName() + " " + options;
    Tuodui.Result result = await(start(logged, "collect", "no such list.txt"));

    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .isEqualTo("tuodui: no such list.txt is not there or cannot be read.\n");
    assertThat(result.exitCode()).isEqualTo(1);
    try (Stream<String> classes = Files.lines(CLASSES)) {
      return classes
          .filter(line -> line.matches(".* io\\.tuodui\\..* source: shared objects file"))
          .count();
    }
  }

  /** What is in the distribution besides what was built. */
  private static List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(DIST)) {
      return files
          .filter(file -> file.toString().matches(".*/(training\\.|tuodui-[^/]*\\.aot)[^/]*"))
          .toList();
    }
  }

  /** On the newest JDK of the machine, which need not be the one that runs the tests. */
  private static Tuodui start(String options, String... arguments) {
    return Tuodui.start(
        FOLDER, Map.of("JAVA_HOME", "", "TUODUI_JAVA_OPTS", options), LAUNCHER, arguments);
  }

  private static Tuodui.Result await(Tuodui tuodui) {
    try (tuodui) {
      return tuodui.await(PATIENCE);
    }
  }
}
