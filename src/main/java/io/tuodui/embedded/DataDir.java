package io.tuodui.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that holds the data of the embedded servers, locked for one process at a time:
 *
 * <pre>
 * .lock  ports  redis/  mysql/  mysql.tmp/  mongodb/  redis.pid  mysql.pid  redis.log  mysql.log  embedded.log
 * </pre>
 */
final class DataDir implements Closeable {

  /** Far behind the holder's pid, so that others can read the pid where locks are mandatory. */
  private static final long LOCKED_BYTE = 1L << 40;

  private static final String LOCK_FILE = ".lock";
  private static final String CLOSING = ", closing";

  /** Enough for a child JVM to notice that its parent was killed. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Duration PATIENCE_WHILE_CLOSING = Duration.ofSeconds(30);
  private static final Logger LOG = LoggerFactory.getLogger(DataDir.class);

  private final Path root;
  private final FileChannel channel;

  private DataDir(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /**
   * Creates the folder if need be and locks it until {@link #close()} or the end of the process.
   * Waits for a holder that is closing: after a {@code kill -9} of the application its servers need
   * a few seconds to save, and the application may be back sooner.
   *
   * @throws EmbeddedServersException if another process holds it, or it cannot be written
   */
  static DataDir lock(Path dir) {
    try {
      Files.createDirectories(dir);
      // The real path, because an orphan is recognised by the path on its command line
      Path root = dir.toRealPath();
      FileChannel channel =
          FileChannel.open(
              root.resolve(LOCK_FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      try {
        awaitLock(channel, root);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(describeThisProcess().getBytes(StandardCharsets.UTF_8)));
        return new DataDir(root, channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new EmbeddedServersException(
          "The data directory %s cannot be used: %s. Give a directory that this user can write to."
              .formatted(dir.toAbsolutePath(), e),
          e);
    }
  }

  /** Whether a process, this one included, holds the folder. */
  static boolean isLocked(Path dir) {
    try (FileChannel channel =
        FileChannel.open(
            dir.resolve(LOCK_FILE), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return !tryLock(channel);
    } catch (IOException none) {
      return false;
    }
  }

  private static void awaitLock(FileChannel channel, Path root) throws IOException {
    long start = System.nanoTime();
    while (!tryLock(channel)) {
      String holder = Files.readString(root.resolve(LOCK_FILE)).strip();
      Duration patience = holder.endsWith(CLOSING) ? PATIENCE_WHILE_CLOSING : PATIENCE;
      if (System.nanoTime() - start > patience.toNanos() || Thread.interrupted()) {
        throw new EmbeddedServersException(
            ("The data directory %s is in use by %s. Stop that process, or give this one another"
                    + " data directory.")
                .formatted(root, holder.isEmpty() ? "another process" : holder));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  private static String describeThisProcess() {
    ProcessHandle self = ProcessHandle.current();
    String parent = self.parent().map(p -> ", started by process " + p.pid()).orElse("");
    return "process " + self.pid() + parent;
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Tells whoever waits for this directory that it will be free soon. */
  void announceClosing() {
    try {
      channel.write(ByteBuffer.wrap(CLOSING.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      LOG.warn("{} cannot be written: {}", root.resolve(LOCK_FILE), e.toString());
    }
  }

  /** The real path of the whole data directory. */
  Path root() {
    return root;
  }

  /** The folder of one server's data; it may not exist yet. */
  Path folder(Kind kind) {
    return root.resolve(kind.label());
  }

  /** The file that names the running process of a server. */
  Path pidFile(Kind kind) {
    return root.resolve(kind.label() + ".pid");
  }

  /** An empty log file for a server that is about to start; the log before is kept beside it. */
  Path startLog(Kind kind) throws IOException {
    Path log = root.resolve(kind.label() + ".log");
    if (Files.exists(log)) {
      Files.move(
          log, root.resolve(kind.label() + ".previous.log"), StandardCopyOption.REPLACE_EXISTING);
    }
    return Files.createFile(log);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
