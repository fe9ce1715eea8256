package io.tuodui.embedded;

import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * A server for the MongoDB protocol within this JVM, with its data in one file. Writes reach the
 * file within a quarter of a second, and all of them at a clean stop: what a kill of this JVM can
 * lose is that quarter. For the quick start and tests, not for production.
 */
final class MongoProgram implements EmbeddedServer {

  private static final int COMMIT_DELAY_MILLIS = 250;

  /** Replies are written, and hardly ever read again: more would be garbage that has grown old. */
  private static final int CACHE_MEGABYTES = 8;

  private final MongoServer server;
  private final MVStore store;
  private final int port;

  private MongoProgram(MongoServer server, MVStore store) {
    this.server = server;
    this.store = store;
    this.port = server.getLocalAddress().getPort();
  }

  /** Opens the file of earlier starts, or makes one, and listens on a free port. */
  static EmbeddedServer start(DataDir data) throws IOException {
    Path file = Files.createDirectories(data.folder(Kind.MONGODB)).resolve("data.mv");
    MVStore store;
    try {
      store = new MVStore.Builder().fileName(file.toString()).cacheSize(CACHE_MEGABYTES).open();
    } catch (MVStoreException e) {
      throw new EmbeddedServersException(
          "The data file %s of the embedded MongoDB cannot be opened: %s"
              .formatted(file, e.getMessage()),
          e);
    }
    store.setAutoCommitDelay(COMMIT_DELAY_MILLIS);
    MongoServer server = new MongoServer(new BsonBackend(store));
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return new MongoProgram(server, store);
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void close() {
    server.shutdownNow();
    if (!store.isClosed()) {
      store.close();
    }
  }
}
