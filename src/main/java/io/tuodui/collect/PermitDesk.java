package io.tuodui.collect;

import io.tuodui.account.Guard;
import io.tuodui.account.Permits;
import io.tuodui.account.Reservation;
import io.tuodui.config.TuoduiProperties;
import io.tuodui.gateway.Dialect;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.stereotype.Component;

/**
 * Asks for the permits of this node's calls. What many threads ask for while one question is under
 * way to Redis is the next question, asked by one of them for all. So a batch of a hundred tasks
 * costs a few ways to Redis and not a hundred, while a call that is alone waits for no others.
 */
@Component
class PermitDesk {
  /** Redis does nothing else meanwhile, so not too many at a time. */
  private static final int MOST = 50;

  private final Permits permits;
  private final String api;
  private final Guard guard;
  private final Duration horizon;

  /** Whoever is first asks, as soon as the question before is answered. */
  private final Deque<CompletableFuture<Reservation>> waiting = new ArrayDeque<>();

  private boolean asking;

  PermitDesk(Permits permits, Dialect dialect, Guard guard, TuoduiProperties properties) {
    this.permits = permits;
    this.api = dialect.api();
    this.guard = guard;
    this.horizon = properties.limits().horizon();
  }

  /**
   * A permit for one call, or the refusal of one.
   *
   * @throws RuntimeException what {@link Permits#reserve} throws
   */
  Reservation reserve() {
    CompletableFuture<Reservation> mine = new CompletableFuture<>();
    if (!isToAsk(mine)) {
      Reservation given = answer(mine);
      if (given != null) {
        return given;
      }
    }
    List<CompletableFuture<Reservation>> asked = takeWaiting(MOST);
    try {
      List<Reservation> given = permits.reserve(api, asked.size(), guard.current(), horizon);
      for (int i = 0; i < asked.size(); i++) {
        asked.get(i).complete(given.get(i));
      }
      return given.get(0);
    } catch (RuntimeException | Error failed) {
      // Redis is away for those who wait, too: one after another, they would wait for its time-out.
      asked.addAll(takeWaiting(Integer.MAX_VALUE));
      asked.forEach(one -> one.completeExceptionally(failed));
      throw failed;
    } finally {
      letNextAsk();
    }
  }

  private synchronized boolean isToAsk(CompletableFuture<Reservation> mine) {
    boolean first = !asking;
    asking = true;
    waiting.add(mine);
    return first;
  }

  /** {@code null} when the one who waited is now to ask, and is the first of those waiting. */
  private static Reservation answer(CompletableFuture<Reservation> mine) {
    try {
      return mine.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  private synchronized List<CompletableFuture<Reservation>> takeWaiting(int most) {
    List<CompletableFuture<Reservation>> taken = new ArrayList<>();
    while (taken.size() < most && !waiting.isEmpty()) {
      taken.add(waiting.remove());
    }
    return taken;
  }

  private synchronized void letNextAsk() {
    if (waiting.isEmpty()) {
      asking = false;
    } else {
      waiting.element().complete(null);
    }
  }
}
