package io.tuodui.schedule;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.quartz.SchedulerConfigException;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.spi.ClassLoadHelper;
import org.quartz.spi.SchedulerSignaler;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;

/**
 * Quartz's tables in the node's own MySQL, on connections of its pool, in transactions of Quartz's
 * own. Spring's job store takes part in the caller's transaction instead; Camel adds its triggers
 * outside of any, and two nodes that start at once would collide there.
 */
@SuppressWarnings("unchecked") // what JobStoreTX overrides
public final class MySqlJobStore extends JobStoreTX {

  @Override
  public void initialize(ClassLoadHelper classes, SchedulerSignaler signaler)
      throws SchedulerConfigException {
    DataSource pool = SchedulerFactoryBean.getConfigTimeDataSource();
    // The manager of connections is one for the whole JVM, and the instance is not.
    setDataSource(getInstanceId());
    DBConnectionManager.getInstance().addConnectionProvider(getInstanceId(), new Pooled(pool));
    super.initialize(classes, signaler);
  }

  private record Pooled(DataSource pool) implements ConnectionProvider {
    @Override
    public Connection getConnection() throws SQLException {
      return pool.getConnection();
    }

    @Override
    public void initialize() {
      // The pool is Spring's.
    }

    @Override
    public void shutdown() {
      // The pool is Spring's.
    }
  }
}
