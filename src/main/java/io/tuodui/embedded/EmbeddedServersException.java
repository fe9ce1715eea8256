package io.tuodui.embedded;

/** The embedded servers cannot be started or stopped; the message says why and what to do. */
public class EmbeddedServersException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what failed, where, and what to do
   */
  public EmbeddedServersException(String message) {
    super(message);
  }

  /**
   * @param message what failed, where, and what to do
   * @param cause the failure below it
   */
  public EmbeddedServersException(String message, Throwable cause) {
    super(message, cause);
  }

  static EmbeddedServersException noLibraries() {
    return new EmbeddedServersException(
        "This build carries no embedded servers, without which there is no demo and no"
            + " tuodui.embedded-only. Configure your own: spring.data.redis.* (Redis),"
            + " spring.data.mongodb.uri (MongoDB) and spring.datasource.url (MySQL).");
  }
}
