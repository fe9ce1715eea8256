package io.tuodui.account;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * When this node's calls really left, for each account. A permit says when a call may leave; a
 * pause of the machine, or a new connection, can make it leave later, and then the call that has
 * the permit one second after it would arrive within the same second of the platform. That one is
 * held back here, at the last moment before it goes over the wire.
 */
public final class Departures {
  private final LongSupplier nanoTime;
  private final Map<String, Window> windows = new ConcurrentHashMap<>();

  /**
   * @param nanoTime a clock that only goes forward, in ns
   */
  public Departures(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Waits until the account's call may leave, and notes that it does.
   *
   * @param guard added to the platform's one second
   * @throws InterruptedException when the node stops meanwhile; the call must not leave then
   */
  public void await(Account account, Duration guard) throws InterruptedException {
    Integer perSecond = account.limits().perSecond();
    if (perSecond == null) {
      return;
    }
    Window window =
        windows.compute(
            account.name(),
            (name, known) ->
                known == null || known.size() != perSecond
                    ? new Window(perSecond, nanoTime.getAsLong())
                    : known);
    long period = TimeUnit.SECONDS.toNanos(1) + guard.toNanos();
    for (long left = window.enter(period); left > 0; left = window.enter(period)) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }

  /** The last departures of one account, as many as it may have in a second. */
  private final class Window {
    private final ReentrantLock lock = new ReentrantLock();
    private final long[] departures;
    private int oldest;

    private Window(int size, long now) {
      departures = new long[size];
      Arrays.fill(departures, now - TimeUnit.MINUTES.toNanos(1));
    }

    private int size() {
      return departures.length;
    }

    /** Takes a place and returns 0, or says how many ns are left until there is one. */
    private long enter(long period) {
      lock.lock();
      try {
        long now = nanoTime.getAsLong();
        long left = departures[oldest] + period - now;
        if (left > 0) {
          return left;
        }
        departures[oldest] = now;
        oldest = (oldest + 1) % departures.length;
        return 0;
      } finally {
        lock.unlock();
      }
    }
  }
}
