package io.tuodui.account;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

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
   * @param perSecond how many calls a second it may make for now, asked again after each wait;
   *     {@code null} for any number
   * @param guard added to the platform's one second
   * @throws InterruptedException when the node stops meanwhile; the call must not leave then
   */
  public void await(Account account, Supplier<Double> perSecond, Duration guard)
      throws InterruptedException {
    Integer configured = account.limits().perSecond();
    if (configured == null) {
      return;
    }
    Window window = window(account, configured);
    long period = TimeUnit.SECONDS.toNanos(1) + guard.toNanos();
    long left = window.enter(perSecond.get(), period);
    while (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
      left = window.enter(perSecond.get(), period);
    }
  }

  /** Lets no call of the account leave for a while, also those that have their permit. */
  public void hold(Account account, Duration time) {
    Integer configured = account.limits().perSecond();
    if (configured != null) {
      window(account, configured).hold(time.toNanos());
    }
  }

  private Window window(Account account, int perSecond) {
    return windows.computeIfAbsent(
        account.name(), name -> new Window(perSecond, nanoTime.getAsLong()));
  }

  /** The last departures of one account, as many as it may have in a second. */
  private final class Window {
    private final ReentrantLock lock = new ReentrantLock();
    private final long[] departures;
    private int next;
    private long heldUntil;

    private Window(int size, long now) {
      departures = new long[size];
      Arrays.fill(departures, now - TimeUnit.MINUTES.toNanos(1));
      heldUntil = now;
    }

    private void hold(long time) {
      lock.lock();
      try {
        heldUntil = Math.max(heldUntil, nanoTime.getAsLong() + time);
      } finally {
        lock.unlock();
      }
    }

    /** Takes a place and returns 0, or says how many ns are left until there is one. */
    private long enter(double perSecond, long period) {
      lock.lock();
      try {
        long now = nanoTime.getAsLong();
        int size = departures.length;
        int calls = (int) Math.max(1, Math.min(size, Math.ceil(perSecond)));
        // What was held back until an account was slow must not leave in one go.
        long spacing = perSecond < size ? (long) (period / perSecond) : 0;
        long free =
            Math.max(
                departures[Math.floorMod(next - calls, size)] + period,
                departures[Math.floorMod(next - 1, size)] + spacing);
        long left = Math.max(free, heldUntil) - now;
        if (left > 0) {
          return left;
        }
        departures[next] = now;
        next = (next + 1) % departures.length;
        return 0;
      } finally {
        lock.unlock();
      }
    }
  }
}
