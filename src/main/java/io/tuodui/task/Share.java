package io.tuodui.task;

/**
 * On whose account an id waits in the queue: jobs share what is claimed by their priorities.
 *
 * @param job its number
 * @param priority of the job
 */
public record Share(long job, Priority priority) {
  private static final int JOBS = 10_000;

  /**
   * Job and weight in five digits, as {@code redis/task-turn.lua} takes them. Two jobs of the same
   * digits that wait at the same time have one share together.
   */
  String flow() {
    return Long.toString(job % JOBS * 10 + priority.weight());
  }
}
