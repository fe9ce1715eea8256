package io.tuodui.task;

/**
 * Where one item stands in a queue: what Redis says of it, or what must be true of it.
 *
 * @param where the one place it is in
 * @param from when it comes due, or when its lease ends, in ms of Redis's clock: at the earliest
 * @param to the same, at the latest; equal to {@code from} once it was read
 * @param turn its place among those that are due, as it was read
 * @param flow the job and weight that it goes with, as it was read
 * @param token its lease's fencing token; 0 when it is not leased
 * @param attempts attempts counted
 * @param again whether it was submitted anew while leased
 * @param status as the queue tells it; {@code null} if it never heard of the item
 */
record Place(
    Where where,
    long from,
    long to,
    long turn,
    int flow,
    long token,
    int attempts,
    boolean again,
    TaskStatus status) {

  enum Where {
    NOWHERE,
    DUE,
    LATER,
    LEASED
  }

  static final Place UNKNOWN = new Place(Where.NOWHERE, 0, 0, 0, 0, 0, 0, false, null);

  static Place due(int attempts) {
    return new Place(Where.DUE, 0, 0, 0, 0, 0, attempts, false, waiting(attempts));
  }

  /** Waits for a time, which is rounded up to tenths of a second. */
  static Place later(long from, long to, int attempts) {
    return new Place(
        Where.LATER, tenths(from), tenths(to), 0, 0, 0, attempts, false, waiting(attempts));
  }

  private static long tenths(long millis) {
    return (millis + 99) / 100 * 100;
  }

  private static TaskStatus waiting(int attempts) {
    return attempts > 0 ? TaskStatus.FAILED : TaskStatus.PENDING;
  }

  static Place leased(long from, long to, long token, int attempts, boolean again) {
    return new Place(Where.LEASED, from, to, 0, 0, token, attempts, again, TaskStatus.RUNNING);
  }

  static Place ended(TaskStatus end) {
    return new Place(Where.NOWHERE, 0, 0, 0, 0, 0, 0, false, end);
  }

  boolean is(Where other) {
    return where == other;
  }

  boolean isHeldUnder(Task task) {
    return where == Where.LEASED && token == task.token();
  }

  Place submittedAnew() {
    return leased(from, to, token, attempts, true);
  }

  Place extended(long newFrom, long newTo) {
    return leased(newFrom, newTo, token, attempts, again);
  }

  /** Whether this, as read, is what the other says it must be. */
  boolean fits(Place expected) {
    return from >= expected.from
        && to <= expected.to
        && equals(
            new Place(
                expected.where,
                from,
                to,
                turn,
                flow,
                expected.token,
                expected.attempts,
                expected.again,
                expected.status));
  }

  @Override
  public String toString() {
    return "%s (%s, %d attempts%s%s)"
        .formatted(
            where,
            status,
            attempts,
            is(Where.NOWHERE) || is(Where.DUE) ? "" : ", at %d to %d".formatted(from, to),
            is(Where.LEASED) ? ", token %d%s".formatted(token, again ? ", again" : "") : "");
  }
}
