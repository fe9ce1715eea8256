package io.tuodui.embedded;

import java.util.Locale;

/** The servers that Tuodui can run by itself. Usable without the libraries of those servers. */
public enum Kind {
  /** A redis-server with its append-only file on. */
  REDIS("redis://127.0.0.1:%d"),
  /** A MariaDB server with an empty database {@code tuodui}; user {@code root}, no password. */
  MYSQL("jdbc:mysql://127.0.0.1:%d/tuodui"),
  /** A server that speaks the MongoDB protocol and keeps its data in a file. */
  MONGODB("mongodb://127.0.0.1:%d/tuodui");

  private final String urlFormat;

  Kind(String urlFormat) {
    this.urlFormat = urlFormat;
  }

  /** The lower-case name: the folder of its data, and its key in the READY line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The address for a client: a Redis URI, a JDBC URL or a MongoDB connection string.
   *
   * @param port the TCP port that the server listens on, on 127.0.0.1
   */
  public String url(int port) {
    return urlFormat.formatted(port);
  }
}
