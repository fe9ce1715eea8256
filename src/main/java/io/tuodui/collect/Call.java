package io.tuodui.collect;

import io.tuodui.account.Account;
import io.tuodui.account.Reservation;
import io.tuodui.gateway.ReplyClass;
import io.tuodui.gateway.Verdict;
import io.tuodui.item.Item;
import io.tuodui.task.Task;
import java.time.Clock;
import java.time.Duration;

/**
 * One task on its way through the collecting routes, as their exchange property {@code call}. A
 * call that is redelivered stays the same object, so that every try is counted. One thread at a
 * time uses it.
 */
public final class Call {
  static final String PROPERTY = "call";

  private final Task task;
  private final Clock clock;
  private Account account;
  private Reservation permit;
  private Reservation unused;
  private Duration waited = Duration.ZERO;
  private long setOutNanos;
  private long startedNanos;
  private int calls;
  private int refused;
  private Integer httpStatus;
  private byte[] body;
  private String bodyHash;

  Call(Task task, Clock clock) {
    this.task = task;
    this.clock = clock;
  }

  Task task() {
    return task;
  }

  Account account() {
    return account;
  }

  /**
   * May be made by an account.
   *
   * @param setOutAt when it was to set out, on the clock of {@link System#nanoTime()}
   */
  void permitted(Account account, Reservation permit, long setOutAt) {
    this.setOutNanos = setOutAt;
    this.account = account;
    this.permit = permit;
    this.unused = permit;
  }

  /** Waited so long for this permit. Returns how long it was for all tries together. */
  Duration waited(Duration time) {
    waited = waited.plus(time);
    return waited;
  }

  Reservation permit() {
    return permit;
  }

  /** The permit, for whoever hands it back; {@code null} once it has left, or was taken. */
  Reservation takeUnusedPermit() {
    Reservation taken = unused;
    unused = null;
    return taken;
  }

  /** Is about to be made. */
  void started() {
    httpStatus = null;
    body = null;
    bodyHash = null;
    startedNanos = System.nanoTime();
  }

  /** Goes over the wire now: from here on the platform may count it, whatever becomes of it. */
  void left() {
    calls++;
    unused = null;
    startedNanos = System.nanoTime();
  }

  /** Whether the last try went over the wire; it has its permit still if not. */
  boolean hasLeft() {
    return unused == null;
  }

  /** How long it has been on its way, from when it was to set out. */
  Duration underWay() {
    return Duration.ofNanos(System.nanoTime() - setOutNanos);
  }

  /** How long after its slot it is now. */
  Duration late() {
    return Duration.ofNanos(Math.max(0, System.nanoTime() - permit.leavesAt()));
  }

  void replied(int httpStatus, byte[] body, String bodyHash) {
    this.httpStatus = httpStatus;
    this.body = body;
    this.bodyHash = bodyHash;
  }

  void refusedForRate() {
    refused++;
  }

  /** How long ago the last call left, or was about to. */
  Duration took() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  /**
   * No call could be made now. Should one have left before, it failed, and that is what became of
   * the task.
   */
  Outcome heldBack(String why, Duration pause) {
    return outcome(calls == 0 ? null : ReplyClass.NETWORK, null, why, pause, null);
  }

  Outcome outcome(Verdict verdict) {
    return outcome(
        verdict.replyClass(),
        verdict.code(),
        verdict.message(),
        verdict.retryAfter(),
        verdict.item());
  }

  Outcome outcome(ReplyClass replyClass, String code, String message, Duration pause, Item item) {
    return new Outcome(
        task,
        replyClass,
        code,
        message,
        pause,
        item,
        account == null ? null : account.name(),
        httpStatus,
        body,
        bodyHash,
        clock.instant(),
        calls,
        refused);
  }
}
