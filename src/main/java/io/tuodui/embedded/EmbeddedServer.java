package io.tuodui.embedded;

/** One running server. */
interface EmbeddedServer extends AutoCloseable {

  /** The TCP port on 127.0.0.1. */
  int port();

  /** Stops the server so that everything it acknowledged is on disk. */
  @Override
  void close();
}
