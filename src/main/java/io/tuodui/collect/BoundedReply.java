package io.tuodui.collect;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.util.TimeValue;

/** The reply to one call. The thread that reads it uses it, and one other, which ends it. */
final class BoundedReply {
  /** The client itself looks whether a connection that it takes up again is still open. */
  private static final TimeValue UNUSED = TimeValue.ofMinutes(1);

  private final ExecRuntime connection;
  private final Duration longest;
  private Future<?> end;
  private volatile boolean late;

  BoundedReply(ExecRuntime connection, Duration longest) {
    this.connection = connection;
    this.longest = longest;
  }

  /** Will be late by then, unless it has ended. */
  void endsBy(Future<?> end) {
    this.end = end;
  }

  /** Its time is over: whoever reads it is woken up. Once it has ended, there is nothing to end. */
  void late() {
    late = true;
    discard();
  }

  /** Closes the connection: closing the body alone would read what is still to come. */
  void discard() {
    connection.discardEndpoint();
  }

  /**
   * The call does not leave, and its connection is as good as before: the next may use it. Else the
   * client, which does not know that, would close it.
   */
  void notAsked() {
    connection.markConnectionReusable(null, UNUSED);
    connection.releaseEndpoint();
  }

  void ended() {
    if (end != null) {
      end.cancel(false);
    }
  }

  /** Why reading it failed: not by a broken connection, if that was closed because of the time. */
  IOException reasonOf(IOException failure) {
    if (!late) {
      return failure;
    }
    SocketTimeoutException timeout =
        new SocketTimeoutException("the reply had not ended after " + longest.toMillis() + " ms");
    // Not as its cause: the error policy goes by the innermost, and would call again at once.
    timeout.addSuppressed(failure);
    return timeout;
  }
}
