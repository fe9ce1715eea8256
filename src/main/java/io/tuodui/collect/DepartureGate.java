package io.tuodui.collect;

import io.tuodui.account.Account;
import io.tuodui.account.Departure;
import io.tuodui.account.Departures;
import io.tuodui.account.Guard;
import io.tuodui.account.Lead;
import io.tuodui.account.Permits;
import io.tuodui.collect.DepartingConnection.Passage;
import io.tuodui.gateway.Dialect;
import io.tuodui.node.NodeRegistry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.springframework.stereotype.Component;

/**
 * Stands between the HTTP client and its connection: the last place where a call can be held back,
 * with the connection open and only the bytes left to write.
 */
@Component("departureGate")
final class DepartureGate implements HttpClientConfigurer {
  private final ThreadLocal<Call> leaving = new ThreadLocal<>();
  private final Departures departures;
  private final String api;
  private final Permits permits;
  private final Guard guard;
  private final Lead lead;
  private final NodeRegistry nodes;
  private final ReplyBounds replies;

  DepartureGate(
      Dialect dialect,
      Permits permits,
      Guard guard,
      Lead lead,
      NodeRegistry nodes,
      ReplyBounds replies) {
    this.departures = new Departures(dialect.api(), System::nanoTime);
    this.api = dialect.api();
    this.permits = permits;
    this.guard = guard;
    this.lead = lead;
    this.nodes = nodes;
    this.replies = replies;
  }

  /** Announces the call that this thread is about to make. */
  void announce(Call call) {
    leaving.set(call);
  }

  /** Holds back what the account has under way: the platform refuses whatever follows too soon. */
  void hold(Account account, Duration time) {
    departures.hold(account, time);
  }

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    // First, so that it sees a body as it is unpacked.
    client.addExecInterceptorFirst("reply-bounds", replies);
    client.setRequestExecutor(
        new HttpRequestExecutor() {
          @Override
          public ClassicHttpResponse execute(
              ClassicHttpRequest request,
              HttpClientConnection connection,
              HttpResponseInformationCallback callback,
              HttpContext context)
              throws IOException, HttpException {
            HttpClientConnection departing;
            try {
              departing = pass(connection);
            } catch (PermitLapsed lapsed) {
              // What made it late may be that its connection had to be made: never closed for that,
              // or a platform further away than the guard could never be called.
              replies.notLeft(context);
              throw lapsed;
            }
            replies.left(context);
            return super.execute(request, departing, callback, context);
          }
        });
  }

  private HttpClientConnection pass(HttpClientConnection connection) throws InterruptedIOException {
    Call call = leaving.get();
    leaving.remove();
    if (call == null) {
      // For a token: no call of an account's limits
      return connection;
    }
    lead.took(call.underWay());
    // Other nodes' calls of the account leave on time; this node's own are held back for it.
    Duration latest = nodes.isAlone() ? Departures.LATEST : guard.tolerance();
    Duration late = call.late();
    Account account = call.account();
    long slot = call.permit().leavesAt();
    try {
      long left = slot - System.nanoTime();
      if (left > 0) {
        TimeUnit.NANOSECONDS.sleep(left);
      }
      Optional<Departure> departure =
          departures.await(
              account, slot, latest, () -> permits.rate(account, api), guard.current());
      if (departure.isEmpty()) {
        guard.missed(late);
        throw new PermitLapsed();
      }
      return new DepartingConnection(connection, passage(call, departure.get(), late));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the node is stopping");
    }
  }

  /**
   * Looks once more when the call is written: meanwhile, a garbage collection may have come.
   *
   * @param late how late it came to the gate; being held there does not count
   */
  private Passage passage(Call call, Departure departure, Duration late) {
    long released = System.nanoTime();
    return new Passage() {
      @Override
      public void leaves() {
        if (!departure.isInTime()) {
          guard.missed(late.plusNanos(System.nanoTime() - released));
          throw new PermitLapsed();
        }
        call.left();
      }

      @Override
      public void left() {
        departure.left();
        guard.sent(call.late());
      }
    };
  }
}
