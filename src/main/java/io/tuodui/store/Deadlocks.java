package io.tuodui.store;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.PessimisticLockingFailureException;

/**
 * Changes to many rows of the ledger that a person or a command asks for, beside nodes that write
 * it: of two that wait for each other's rows, MySQL rolls one back, which is to be done again. The
 * routes repeat their own by {@code store-errors}.
 */
public final class Deadlocks {
  private static final Logger LOG = LoggerFactory.getLogger(Deadlocks.class);
  private static final int ATTEMPTS = 10;

  private Deadlocks() {}

  /**
   * Makes a change, and again when it was rolled back for a lock.
   *
   * @param change one statement, or one transaction
   * @throws PessimisticLockingFailureException after ten times
   */
  public static <T> T repeated(Supplier<T> change) {
    for (int attempt = 1; ; attempt++) {
      try {
        return change.get();
      } catch (PessimisticLockingFailureException rolledBack) {
        if (attempt == ATTEMPTS) {
          throw rolledBack;
        }
        LOG.debug("Rolled back for a lock, and done again: {}", rolledBack.toString());
      }
    }
  }
}
