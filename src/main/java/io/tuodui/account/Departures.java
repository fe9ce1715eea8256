package io.tuodui.account;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * When this node's calls really left, for each account. A permit says when a call may leave; a
 * pause of the machine, or a new connection, can make it leave later, and then the call that has
 * the permit one second after it would arrive within the same second of the platform, and so with a
 * minute. That one is held back here, at the last moment before it goes over the wire. What the
 * other nodes' calls were meanwhile, nobody knows here: so a permit that is too old is none.
 */
public final class Departures {
  /** A call that is later than this must never leave any more. */
  public static final Duration LATEST = Duration.ofSeconds(1);

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final long LAPSED = -1;
  private static final Departure UNWATCHED =
      new Departure() {
        @Override
        public boolean isInTime() {
          return true;
        }

        @Override
        public void left() {
          // Nothing keeps a distance from it.
        }
      };

  private final String api;
  private final LongSupplier nanoTime;
  private final Map<String, Calls> accounts = new ConcurrentHashMap<>();

  /**
   * @param api what all calls of this node are of
   * @param nanoTime a clock that only goes forward, in ns
   */
  public Departures(String api, LongSupplier nanoTime) {
    this.api = api;
    this.nanoTime = nanoTime;
  }

  /**
   * Waits until the account's call may leave, and takes it to leave then.
   *
   * @param slot when the call may leave by its permit, on the clock of this object
   * @param latest how late after its slot it may leave; any later, its permit has lapsed
   * @param perSecond how many calls a second it may make for now, asked again after each wait;
   *     {@code null} for any number
   * @param guard added to the platform's second and minute
   * @return its departure; empty once its permit has lapsed, or will have before it may leave
   * @throws InterruptedException when the node stops meanwhile; the call must not leave then
   */
  public Optional<Departure> await(
      Account account, long slot, Duration latest, Supplier<Double> perSecond, Duration guard)
      throws InterruptedException {
    Limits limits = account.limits();
    boolean windows = limits.perSecond(api) != null || limits.perMinute(api) != null;
    if (!windows && !accounts.containsKey(account.name())) {
      // It was never held either.
      return Optional.of(UNWATCHED);
    }
    Calls.Turn turn = calls(account).new Turn(slot + latest.toNanos());
    long left = turn.take(perSecond.get(), guard.toNanos());
    while (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
      left = turn.take(perSecond.get(), guard.toNanos());
    }
    return left == LAPSED ? Optional.empty() : Optional.of(turn);
  }

  /** Lets no call of the account leave for a while, also those that have their permit. */
  public void hold(Account account, Duration time) {
    calls(account).hold(time.toNanos());
  }

  private Calls calls(Account account) {
    return accounts.computeIfAbsent(account.name(), name -> new Calls(account.limits()));
  }

  /** What one account has under way, and its windows. */
  private final class Calls {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Window> windows = new ArrayList<>();
    private long heldUntil;

    private Calls(Limits limits) {
      heldUntil = nanoTime.getAsLong();
      if (limits.perSecond(api) != null) {
        windows.add(new Window(limits.perSecond(api), SECOND, heldUntil));
      }
      if (limits.perMinute(api) != null) {
        windows.add(new Window(limits.perMinute(api), MINUTE, heldUntil));
      }
    }

    private void hold(long time) {
      lock.lock();
      try {
        heldUntil = Math.max(heldUntil, nanoTime.getAsLong() + time);
      } finally {
        lock.unlock();
      }
    }

    /** The departure of one call. */
    private final class Turn implements Departure {
      private final long latest;
      private long taken;

      private Turn(long latest) {
        this.latest = latest;
      }

      /**
       * Takes a place and returns 0, or says how many ns are left until there is one, or {@code
       * LAPSED} when that is too late.
       */
      private long take(Double perSecond, long guard) {
        lock.lock();
        try {
          long now = nanoTime.getAsLong();
          long free = heldUntil;
          for (Window window : windows) {
            free = Math.max(free, window.free(perSecond, guard));
          }
          if (now - latest > 0 || free - latest > 0) {
            return LAPSED;
          }
          if (free - now > 0) {
            return free - now;
          }
          windows.forEach(window -> window.leave(now));
          taken = now;
          return 0;
        } finally {
          lock.unlock();
        }
      }

      @Override
      public boolean isInTime() {
        return nanoTime.getAsLong() - latest <= 0;
      }

      @Override
      public void left() {
        lock.lock();
        try {
          long now = nanoTime.getAsLong();
          windows.forEach(window -> window.correct(taken, now));
        } finally {
          lock.unlock();
        }
      }
    }
  }

  /** The last departures of one account, as many as it may have in a window of the platform. */
  private static final class Window {
    private final long[] departures;
    private final long period;
    private int next;

    private Window(int size, long period, long now) {
      this.departures = new long[size];
      this.period = period;
      Arrays.fill(departures, now - 2 * MINUTE);
    }

    private long free(Double perSecond, long guard) {
      int size = departures.length;
      long all = period + guard;
      if (period > SECOND || perSecond == null || perSecond >= size) {
        return departures[next] + all;
      }
      // What was held back until an account was slow must not leave in one go.
      int calls = (int) Math.max(1, Math.ceil(perSecond));
      long spacing = (long) (all / perSecond);
      return Math.max(
          departures[Math.floorMod(next - calls, size)] + all,
          departures[Math.floorMod(next - 1, size)] + spacing);
    }

    private void leave(long now) {
      departures[next] = now;
      next = (next + 1) % departures.length;
    }

    /** What left lately is looked at first. */
    private void correct(long departure, long left) {
      for (int ago = 1; ago <= departures.length; ago++) {
        int place = Math.floorMod(next - ago, departures.length);
        if (departures[place] == departure) {
          departures[place] = left;
          return;
        }
      }
    }
  }
}
