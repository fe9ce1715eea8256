package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.lettuce.core.resource.ClientResources;
import io.tuodui.NodeForTests;
import io.tuodui.SimulatedNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

/** A store goes away in the middle of a transaction, or for long. */
@ExtendWith(SimulatedNode.class)
class LostConnectionTest {

  /** A failure to roll back would go past the routes' error handlers, which repeat the batch. */
  @Test
  void aTransactionFailsForItsOwnReasonAndNotForThatOfTheRollBack(NodeForTests node) {
    TransactionTemplate transaction = node.bean(TransactionTemplate.class);
    assertThatThrownBy(() -> transaction.executeWithoutResult(status -> loseConnection(node)))
        .isInstanceOf(DataAccessException.class);
  }

  /** What it had locked, others wait for: without an end, until it wakes up. */
  @Test
  void aNodeThatFallsSilentInATransactionIsEndedByTheServerAndAnIdleOneIsNot(NodeForTests node)
      throws SQLException {
    long silence = node.sql().sql("SELECT @@wait_timeout").query(Long.class).single();
    assertThat(Duration.ofSeconds(silence)).isLessThanOrEqualTo(Duration.ofMinutes(1));
    HikariDataSource pool = node.bean(DataSource.class).unwrap(HikariDataSource.class);
    assertThat(Duration.ofMillis(pool.getKeepaliveTime()))
        .isLessThan(Duration.ofSeconds(silence).minusSeconds(10));
  }

  /** The delays of the client grow with each attempt that fails. */
  @Test
  void aRedisThatWasAwayForLongIsFoundAgainWithinSeconds(NodeForTests node) {
    assertThat(node.bean(ClientResources.class).reconnectDelay().createDelay(1_000))
        .isLessThanOrEqualTo(Duration.ofSeconds(2));
  }

  private static void loseConnection(NodeForTests node) {
    long own = node.sql().sql("SELECT CONNECTION_ID()").query(Long.class).single();
    try (Connection other = node.bean(DataSource.class).getConnection();
        Statement kill = other.createStatement()) {
      kill.execute("KILL " + own);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    node.sql().sql("SELECT 1").query(Long.class).single();
  }
}
