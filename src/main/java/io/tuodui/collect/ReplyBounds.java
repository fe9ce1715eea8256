package io.tuodui.collect;

import io.tuodui.config.TuoduiProperties;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.springframework.stereotype.Component;

/**
 * Bounds the time and the bytes of a reply as a whole. The HTTP client's own time-outs begin anew
 * with every byte, and nothing in it bounds a body: a peer that goes on and on would hold its call,
 * and with it a batch, for ever, or until memory ran out.
 */
@Component
final class ReplyBounds implements ExecChainHandler, AutoCloseable {
  /**
   * A larger reply would not fit into a MongoDB document, not even as text. Of one that is larger,
   * unpacked, so many bytes are read and one more, which tells.
   */
  static final int LARGEST_BODY = 12 * 1024 * 1024;

  private static final String REPLY = ReplyBounds.class.getName();

  private final Duration longest;
  private final ScheduledThreadPoolExecutor timer;

  ReplyBounds(TuoduiProperties properties) {
    longest = properties.gateway().longestReply();
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            run -> {
              Thread thread = new Thread(run, "reply-bounds");
              thread.setDaemon(true);
              return thread;
            });
    // Nearly every reply ends long before its time is over.
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    BoundedReply reply = new BoundedReply(scope.execRuntime, longest);
    scope.clientContext.setAttribute(REPLY, reply);
    HttpEntity entity = null;
    try {
      ClassicHttpResponse response = chain.proceed(request, scope);
      entity = response.getEntity();
      if (entity != null) {
        response.setEntity(new BoundedEntity(entity, reply));
      }
      return response;
    } catch (IOException failure) {
      throw reply.reasonOf(failure);
    } finally {
      if (entity == null) {
        reply.ended();
      }
    }
  }

  /** The call leaves now: its reply has so long from here on. */
  void left(HttpContext context) {
    BoundedReply reply = replyTo(context);
    reply.endsBy(timer.schedule(reply::late, longest.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** The call does not leave: there will be no reply. */
  void notLeft(HttpContext context) {
    replyTo(context).notAsked();
  }

  private static BoundedReply replyTo(HttpContext context) {
    return (BoundedReply) context.getAttribute(REPLY);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** A body that is read through one bounded stream. */
  private static final class BoundedEntity extends HttpEntityWrapper {
    private final BoundedReply reply;
    private InputStream content;

    BoundedEntity(HttpEntity entity, BoundedReply reply) {
      super(entity);
      this.reply = reply;
    }

    @Override
    public InputStream getContent() throws IOException {
      if (content == null) {
        content = new BoundedBody(super.getContent(), LARGEST_BODY + 1, reply);
      }
      return content;
    }
  }
}
