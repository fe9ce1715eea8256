package io.tuodui.schedule;

import io.tuodui.config.TuoduiProperties;
import io.tuodui.config.UserError;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The ids of a schedule, as a file for the reader of all lists: of any length, in little memory.
 */
@Component
class ScheduledIds {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduledIds.class);

  /** Seconds; below the time after which the driver gives a silent server up. */
  private static final int PATIENCE = 50;

  private final DataSource pool;
  private final TransactionTemplate readOnly;
  private final Path folder;

  ScheduledIds(
      DataSource pool, PlatformTransactionManager transactions, TuoduiProperties properties) {
    this.pool = pool;
    this.readOnly = new TransactionTemplate(transactions);
    readOnly.setReadOnly(true);
    this.folder = properties.dataDir();
  }

  /** MySQL is told how many rows are wanted, so that it need not sort and send all it has. */
  private JdbcTemplate jdbc(int mostRows) {
    JdbcTemplate jdbc = new JdbcTemplate(pool);
    jdbc.setQueryTimeout(PATIENCE);
    jdbc.setMaxRows(mostRows);
    // Row by row, instead of all of them at once.
    jdbc.setFetchSize(Integer.MIN_VALUE);
    return jdbc;
  }

  /** A list that is removed when it is open or of no use, unless it is the user's own. */
  record IdList(Path file, boolean isEmpty, boolean ours) implements AutoCloseable {
    @Override
    public void close() {
      if (ours) {
        try {
          Files.deleteIfExists(file);
        } catch (IOException stillOpen) {
          // Where an open file cannot be removed.
          file.toFile().deleteOnExit();
        }
      }
    }
  }

  /**
   * Has MySQL look at a query without running it.
   *
   * @throws UserError when it cannot be run
   */
  void check(Schedule schedule) {
    if (schedule.query() != null) {
      inMySql(
          schedule, () -> jdbc(schedule.limit()).query("EXPLAIN " + schedule.query(), row -> {}));
    } else if (schedule.idsFile() != null && !Files.isReadable(Path.of(schedule.idsFile()))) {
      LOG.warn(
          "tuodui.schedules.{}.ids-file {} is not there or cannot be read; it must be when the"
              + " schedule fires",
          schedule.name(),
          schedule.idsFile());
    }
  }

  /**
   * The ids of now.
   *
   * @throws UserError when a file or a query does not give them
   */
  IdList of(Schedule schedule) throws IOException {
    if (schedule.idsFile() != null) {
      Path file = Path.of(schedule.idsFile());
      if (!Files.isReadable(file)) {
        throw new UserError(file + " is not there or cannot be read.");
      }
      return new IdList(file, false, false);
    }
    Files.createDirectories(folder);
    Path file = Files.createTempFile(folder, "schedule-" + schedule.name() + "-", ".txt");
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      if (schedule.query() == null) {
        for (long id : schedule.ids()) {
          lines.write(id + "\n");
        }
      } else {
        query(schedule, lines);
      }
    } catch (IOException | RuntimeException failed) {
      Files.deleteIfExists(file);
      throw failed;
    }
    return new IdList(file, Files.size(file) == 0, true);
  }

  private void query(Schedule schedule, BufferedWriter lines) {
    long[] rows = {0};
    inMySql(
        schedule,
        () ->
            jdbc(schedule.limit())
                .query(
                    schedule.query(),
                    row -> {
                      rows[0]++;
                      write(row.getString(1), lines);
                    }));
    if (rows[0] == schedule.limit()) {
      LOG.warn(
          "Schedule {} has reached its limit of {} rows; what its query has beyond is left out",
          schedule.name(),
          schedule.limit());
    }
  }

  private static void write(String id, BufferedWriter lines) {
    try {
      if (id != null) {
        lines.write(id + "\n");
      }
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private void inMySql(Schedule schedule, Runnable work) {
    try {
      readOnly.executeWithoutResult(status -> work.run());
    } catch (NonTransientDataAccessResourceException away) {
      throw away;
    } catch (NonTransientDataAccessException | QueryTimeoutException wrong) {
      throw new UserError(
          "tuodui.schedules."
              + schedule.name()
              + ".query cannot be run: "
              + reason(wrong)
              + "\nIt must be one SELECT whose first column is item ids, done within "
              + PATIENCE
              + " s; it runs in a read-only transaction.",
          wrong);
    }
  }

  private static String reason(DataAccessException wrong) {
    return wrong.getMostSpecificCause().getMessage();
  }
}
