package io.tuodui.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tuodui.redis.RedisForTests;
import io.tuodui.task.Place.Where;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * A queue with the workers who use it, and beside it a model: where every item must be. Whatever is
 * done is done to both, and afterwards both must agree.
 */
final class QueueUnderTest {

  static final int ITEMS = 6;
  static final int SHARDS = 2;

  static final List<Share> JOBS =
      List.of(
          new Share(7, Priority.HIGH), new Share(8, Priority.NORMAL), new Share(9, Priority.LOW));

  enum Worker {
    ANN,
    BOB,
    EVE
  }

  /** Waits and leases up to this many ms can be waited for. */
  private static final long SHORT = 1_000;

  /** And of this many ms not. */
  static final long LONG = 60_000;

  private final StringRedisTemplate redis = RedisForTests.standalone();
  private final String source = "test-" + UUID.randomUUID();
  private final QueueKeys keys = new QueueKeys("tuodui", source, SHARDS);
  private final TaskQueue queue = new TaskQueue(source, SHARDS, "tuodui", redis);
  private final QueueReader reader = new QueueReader(redis, keys, ITEMS);

  /** Where every item must be: the model. */
  private final Map<Long, Place> places = new TreeMap<>();

  /** The flows of the jobs that want an item since it was last nowhere, or moved. */
  private final Map<Long, Set<Integer>> wantedBy = new TreeMap<>();

  /** The last task that each worker got of an item, whether or not its lease still holds. */
  private final Map<Worker, Map<Long, Task>> remembered = new EnumMap<>(Worker.class);

  /** Who claimed each item last. */
  private final Map<Long, Worker> holders = new TreeMap<>();

  /** The last token given of each shard. */
  private final Map<Long, Long> lastToken = new HashMap<>();

  private int heard;
  private int refused;
  private long before;
  private long after;

  QueueUnderTest() {
    LongStream.range(0, ITEMS).forEach(item -> places.put(item, Place.UNKNOWN));
    LongStream.range(0, ITEMS).forEach(item -> wantedBy.put(item, new HashSet<>()));
    List.of(Worker.values()).forEach(worker -> remembered.put(worker, new TreeMap<>()));
  }

  void submit(Share share, List<Long> items, boolean anew) {
    long added = anew ? queue.enqueue(share, items) : queue.putBack(share, items);
    assertThat(added).as("newly due").isEqualTo(wanted(share, items, anew));
    compare();
  }

  void move(Share share, List<Long> items) {
    queue.startAnew(share);
    queue.move(share, items);
    items.forEach(item -> wantedBy.get(item).clear());
    wanted(share, items, false);
    compare();
  }

  private long wanted(Share share, List<Long> items, boolean anew) {
    long missing = 0;
    for (long item : items) {
      Place place = places.get(item);
      if (place.is(Where.NOWHERE)) {
        missing++;
        wantedBy.get(item).clear();
        places.put(item, Place.due(0));
      } else if (place.is(Where.LEASED) && anew) {
        places.put(item, place.submittedAnew());
      }
      wantedBy.get(item).add(Integer.valueOf(share.flow()));
    }
    return missing;
  }

  void claim(Worker worker, int max, long lease) {
    List<Task> tasks = timed(() -> queue.claim(max, Duration.ofMillis(lease), worker.name()));
    new ClaimCheck(places, SHARDS, before, after).check(tasks, max);
    for (Task task : tasks) {
      long item = task.itemId();
      assertThat(task.token())
          .as("the next token of the shard")
          .isGreaterThan(lastToken.getOrDefault(item % SHARDS, 0L));
      lastToken.put(item % SHARDS, task.token());
      remembered.get(worker).put(item, task);
      holders.put(item, worker);
      int attempts = places.get(item).attempts();
      places.put(item, Place.leased(before + lease, after + lease, task.token(), attempts, false));
    }
    Map<Long, Place> found = reader.read();
    places.replaceAll(
        (item, place) ->
            place.is(Where.LATER) && place.from() <= after && found.get(item).is(Where.DUE)
                ? Place.due(place.attempts())
                : place);
    compare();
  }

  void extend(Worker worker, List<Long> items, long lease) {
    List<Task> tasks = remembered(worker, items);
    List<Task> kept = timed(() -> queue.extend(tasks, Duration.ofMillis(lease)));
    List<Task> lost = new ArrayList<>(tasks);
    lost.removeAll(kept);
    hear(tasks, lost, place -> place.extended(before + lease, after + lease));
  }

  void end(Worker worker, List<Long> items, TaskStatus end) {
    List<Task> tasks = remembered(worker, items);
    List<Task> lost = timed(() -> queue.acknowledge(tasks, end));
    hear(tasks, lost, place -> place.again() ? Place.due(0) : Place.ended(end));
  }

  void giveBack(Worker worker, List<Long> items, long delay, boolean failed) {
    Map<Task, Duration> delays = new LinkedHashMap<>();
    remembered(worker, items).forEach(task -> delays.put(task, Duration.ofMillis(delay)));
    List<Task> lost = timed(() -> failed ? queue.retryLater(delays) : queue.release(delays));
    int more = failed ? 1 : 0;
    hear(
        delays.keySet(),
        lost,
        place ->
            delay > 0
                ? Place.later(before + delay, after + delay, place.attempts() + more)
                : Place.due(place.attempts() + more));
  }

  /** Who holds the current token is heard; everybody else is refused and moves nothing. */
  private void hear(Collection<Task> tasks, List<Task> lost, Function<Place, Place> move) {
    for (Task task : tasks) {
      Place place = places.get(task.itemId());
      boolean holds = place.isHeldUnder(task);
      assertThat(lost.contains(task)).as("%s is refused; %s", task, place).isEqualTo(!holds);
      if (holds) {
        heard++;
        places.put(task.itemId(), move.apply(place));
      } else {
        refused++;
      }
    }
    compare();
  }

  private List<Task> remembered(Worker worker, List<Long> items) {
    Map<Long, Task> tasks = remembered.get(worker);
    return items.stream().filter(tasks::containsKey).map(tasks::get).toList();
  }

  void sweep(Set<Worker> alive) {
    Set<String> names = alive.stream().map(Worker::name).collect(Collectors.toSet());
    Instant goneUntil = Instant.ofEpochMilli(reader.now() + LONG / 2);
    long swept =
        timed(
            () ->
                queue
                    .lostLeases()
                    .sweep(queue.lostLeases().revoke(names, goneUntil), Optional.empty()));
    Map<Long, Place> found = reader.read();
    long ran = 0;
    for (Map.Entry<Long, Place> entry : places.entrySet()) {
      Place place = entry.getValue();
      boolean gone = !alive.contains(holders.get(entry.getKey()));
      long until = gone ? goneUntil.toEpochMilli() : before;
      boolean maybe = place.is(Where.LEASED) && place.from() <= Math.max(until, after);
      boolean surely = place.is(Where.LEASED) && place.to() <= until;
      if (surely || maybe && found.get(entry.getKey()).is(Where.DUE)) {
        ran++;
        entry.setValue(Place.due(place.attempts()));
      }
    }
    assertThat(swept).as("leases that ran out").isEqualTo(ran);
    compare();
  }

  /** The worker's process dies: it knows of no task any more, and its leases run on. */
  void crash(Worker worker) {
    remembered.get(worker).clear();
  }

  /** Waits until no short lease or delay is left to run. */
  void letTimePass() {
    long now = reader.now();
    ToLongFunction<Place> end = place -> place.to() > now + SHORT ? 0 : place.to();
    long last = places.values().stream().mapToLong(end).max().orElse(0);
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> reader.now() >= last);
  }

  /** Redis loses a shard, and the ledger puts back what had not ended. */
  void loseShardOf(long item) {
    List<String> shard = keys.ofItem(item);
    redis.delete(shard);
    List<Long> open = new ArrayList<>();
    places.replaceAll(
        (id, place) -> {
          if (!keys.ofItem(id).equals(shard)) {
            return place;
          }
          if (!place.is(Where.NOWHERE)) {
            open.add(id);
          }
          return Place.UNKNOWN;
        });
    submit(JOBS.get(0), open, false);
  }

  private <T> T timed(Supplier<T> action) {
    before = reader.now();
    T result = action.get();
    after = reader.now();
    return result;
  }

  /** Redis must say what the model says; from then on the exact times are known. */
  private void compare() {
    Map<Long, Place> found = reader.read();
    found.forEach(
        (item, place) ->
            assertThat(place)
                .as("item %d, which must be %s", item, places.get(item))
                .matches(read -> read.fits(places.get(item)), "fits"));
    found.forEach(
        (item, place) -> {
          if (!place.is(Where.NOWHERE)) {
            assertThat(wantedBy.get(item))
                .as("jobs that want item %d", item)
                .contains(place.flow());
          }
        });
    places.putAll(found);
    long due =
        places.values().stream()
            .filter(place -> place.is(Where.DUE) || place.is(Where.LATER))
            .count();
    long leased = places.values().stream().filter(place -> place.is(Where.LEASED)).count();
    QueueCounts counts = queue.counts();
    assertThat(counts.due() + counts.waiting()).as("counted as due").isEqualTo(due);
    assertThat(counts.leased()).as("counted as leased").isEqualTo(leased);
  }

  /** How often somebody with the current token was heard. */
  int heard() {
    return heard;
  }

  /** How often somebody without it was refused. */
  int refused() {
    return refused;
  }

  /** Forgets the queue. */
  void close() {
    keys.all().forEach(redis::delete);
  }

  @Override
  public String toString() {
    Map<Long, Place> known = new TreeMap<>(places);
    known.values().removeIf(Place.UNKNOWN::equals);
    return "the queue should hold " + known;
  }
}
