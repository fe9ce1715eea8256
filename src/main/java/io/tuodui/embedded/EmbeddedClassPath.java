package io.tuodui.embedded;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;

/** Finds the class path for the child JVM that runs the embedded servers. */
final class EmbeddedClassPath {

  private EmbeddedClassPath() {}

  /**
   * Of a distribution: its jar, {@code lib/*} and {@code lib-embedded/*}; when run from classes, as
   * tests are: the class path of this JVM.
   *
   * @throws EmbeddedServersException if the distribution has no {@code lib-embedded}
   */
  static List<String> find() {
    Path code = codeLocation();
    if (code == null || !Files.isRegularFile(code)) {
      return List.of(System.getProperty("java.class.path").split(File.pathSeparator));
    }
    return ofDistribution(code);
  }

  /** The class path of the distribution that holds this jar. */
  static List<String> ofDistribution(Path jar) {
    Path dist = jar.toAbsolutePath().getParent();
    Path embedded = dist.resolve("lib-embedded");
    if (!hasJars(embedded)) {
      throw EmbeddedServersException.noLibraries();
    }
    return List.of(
        jar.toAbsolutePath().toString(),
        dist.resolve("lib") + File.separator + "*",
        embedded + File.separator + "*");
  }

  private static boolean hasJars(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(".jar"));
    } catch (IOException e) {
      throw new EmbeddedServersException("The folder " + folder + " cannot be read: " + e, e);
    }
  }

  private static Path codeLocation() {
    try {
      CodeSource source = EmbeddedClassPath.class.getProtectionDomain().getCodeSource();
      return source == null ? null : Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the location of this program is not a URI", e);
    }
  }
}
