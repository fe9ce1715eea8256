package io.tuodui.task.component;

import java.time.Duration;

/** How many tasks it makes sense to claim, so that no more are held than can soon be called. */
@FunctionalInterface
public interface ClaimPace {

  /**
   * @param batchSize the most that one batch may hold
   * @param batches how many batches may be in flight at once
   * @param work how long a batch takes of late, without what its tasks wait for their turn
   * @return from 0, when nothing could be called now, to {@code batchSize}
   */
  int claimable(int batchSize, int batches, Duration work);
}
