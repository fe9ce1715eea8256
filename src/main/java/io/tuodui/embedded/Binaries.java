package io.tuodui.embedded;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Where the server binaries are unpacked: once per user and version, in the user's cache folder
 * ({@code $XDG_CACHE_HOME/tuodui} or {@code ~/.cache/tuodui}), else beside the data. Not in the
 * common temporary folder, where another user could put a program for us to run.
 */
final class Binaries {

  /** Unpacks into an empty folder. */
  @FunctionalInterface
  interface Unpacker {
    void unpackInto(Path folder) throws IOException;
  }

  private Binaries() {}

  /**
   * The folder with the unpacked binaries. A folder that is there is complete: it is unpacked under
   * another name and then renamed, so that several processes may start at once.
   *
   * @param name names the product, version and platform
   * @param data used when the cache folder cannot be written
   * @param unpacker called only if the folder is not there yet
   */
  static Path unpackedOnce(String name, DataDir data, Unpacker unpacker) throws IOException {
    try {
      return unpackedOnce(cacheFolder().resolve(name), unpacker);
    } catch (FileSystemException e) {
      return unpackedOnce(data.root().resolve("binaries").resolve(name), unpacker);
    }
  }

  private static Path cacheFolder() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path caches =
        xdg == null || xdg.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    return caches.toAbsolutePath().resolve("tuodui");
  }

  private static Path unpackedOnce(Path target, Unpacker unpacker) throws IOException {
    if (Files.isDirectory(target)) {
      return target;
    }
    Files.createDirectories(target.getParent());
    Path unfinished = Files.createTempDirectory(target.getParent(), ".unpacking-");
    try {
      unpacker.unpackInto(unfinished);
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(target)) {
        throw e;
      }
      // Another process was faster
    } finally {
      deleteTree(unfinished);
    }
    return target;
  }

  /** Deletes a folder and all below it; one that is not there is fine. */
  static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
            Files.deleteIfExists(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
