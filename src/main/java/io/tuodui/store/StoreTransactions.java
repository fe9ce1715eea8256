package io.tuodui.store;

import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * Transactions whose first failure is what counts. When MySQL goes away in the middle of one, the
 * roll-back fails as well; thrown, that would go past every error handler of the routes, and the
 * batch would be given up instead of repeated.
 */
@Component("transactionManager")
final class StoreTransactions extends JdbcTransactionManager {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(StoreTransactions.class);

  StoreTransactions(DataSource dataSource) {
    super(dataSource);
  }

  /** The server itself rolls back what a broken connection leaves, and the pool drops it. */
  @Override
  protected void doRollback(DefaultTransactionStatus status) {
    try {
      super.doRollback(status);
    } catch (TransactionSystemException connectionLost) {
      LOG.debug("Not rolled back by this side: {}", connectionLost.toString());
    }
  }
}
