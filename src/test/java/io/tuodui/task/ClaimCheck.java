package io.tuodui.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tuodui.task.Place.Where;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a claim may take: what is due, all of it if it has room, and of each shard the first turns.
 *
 * @param was where every item stood before
 * @param shards of the queue
 * @param before Redis's clock in ms when the claim began
 * @param after the same when it had ended
 */
record ClaimCheck(Map<Long, Place> was, int shards, long before, long after) {

  void check(List<Task> tasks, int max) {
    assertThat(tasks).hasSizeLessThanOrEqualTo(max);
    assertThat(tasks).extracting(Task::itemId).doesNotHaveDuplicates();
    for (Task task : tasks) {
      Place place = was.get(task.itemId());
      assertThat(place.is(Where.DUE) || place.is(Where.LATER) && place.from() <= after)
          .as("%s was due", task)
          .isTrue();
      assertThat(task.attempts()).as("attempts of %s", task).isEqualTo(place.attempts());
    }
    Map<Long, Place> left = new TreeMap<>(was);
    tasks.forEach(task -> left.remove(task.itemId()));
    left.values()
        .removeIf(
            place -> !place.is(Where.DUE) && !(place.is(Where.LATER) && place.to() <= before));
    if (tasks.size() < max) {
      assertThat(left).as("due and left, although there was room").isEmpty();
    }
    left.forEach(
        (item, place) ->
            assertThat(tasks)
                .as("claimed although item %d had an earlier turn", item)
                .noneMatch(task -> isOfShard(task, item) && cameAfter(task, place)));
  }

  private boolean isOfShard(Task task, long item) {
    return (task.itemId() - item) % shards == 0;
  }

  /** What waited for its time takes a turn in the claim itself, which is not known here. */
  private boolean cameAfter(Task task, Place left) {
    Place place = was.get(task.itemId());
    return place.is(Where.DUE) && left.is(Where.DUE) && place.turn() > left.turn();
  }
}
