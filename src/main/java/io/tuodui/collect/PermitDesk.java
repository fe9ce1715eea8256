package io.tuodui.collect;

import io.tuodui.account.Guard;
import io.tuodui.account.Lead;
import io.tuodui.account.Permits;
import io.tuodui.account.Reservation;
import io.tuodui.config.TuoduiProperties;
import io.tuodui.gateway.Dialect;
import io.tuodui.node.NodeRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Asks for the permits of this node's calls. What many threads ask for while one question is under
 * way to Redis is the next question. So a batch of a hundred tasks costs a few ways to Redis and
 * not a hundred, while a call that is alone waits for no others.
 *
 * <p>One thread of the operating system asks for all: among thousands of virtual threads it would
 * get its turn too seldom.
 */
@Component
class PermitDesk implements DisposableBean {
  /** Redis does nothing else meanwhile, so not too many at a time. */
  private static final int MOST = 50;

  private final Permits permits;
  private final String api;
  private final Guard guard;
  private final Lead lead;
  private final NodeRegistry nodes;
  private final Duration horizon;
  private final BlockingQueue<CompletableFuture<Reservation>> waiting = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::serve, "permit-desk");

  PermitDesk(
      Permits permits,
      Dialect dialect,
      Guard guard,
      Lead lead,
      NodeRegistry nodes,
      TuoduiProperties properties) {
    this.permits = permits;
    this.api = dialect.api();
    this.guard = guard;
    this.lead = lead;
    this.nodes = nodes;
    this.horizon = properties.limits().horizon();
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * A permit for one call, or the refusal of one.
   *
   * @throws RuntimeException what {@link Permits#reserve} throws
   */
  Reservation reserve() {
    Reservation unlimited = permits.reserveUnlimited(api);
    if (unlimited != null) {
      return unlimited;
    }
    CompletableFuture<Reservation> mine = new CompletableFuture<>();
    waiting.add(mine);
    try {
      return mine.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  private void serve() {
    List<CompletableFuture<Reservation>> asked = new ArrayList<>(MOST);
    try {
      while (!Thread.currentThread().isInterrupted()) {
        asked.add(waiting.take());
        waiting.drainTo(asked, MOST - 1);
        answer(asked);
        asked.clear();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(List<CompletableFuture<Reservation>> asked) {
    try {
      List<Reservation> given =
          nodes.isAlone()
              ? permits.reserve(api, asked.size(), guard.current(), Duration.ZERO, horizon)
              // Only there, a call that comes to the wire somewhat late does not leave.
              : permits.reserve(api, asked.size(), guard.besideOthers(), lead.current(), horizon);
      for (int i = 0; i < asked.size(); i++) {
        asked.get(i).complete(given.get(i));
      }
    } catch (RuntimeException | Error failed) {
      // Also to those who came meanwhile: else they would wait for one time-out after the other.
      waiting.drainTo(asked);
      asked.forEach(one -> one.completeExceptionally(failed));
    }
  }

  @Override
  public void destroy() {
    thread.interrupt();
  }
}
