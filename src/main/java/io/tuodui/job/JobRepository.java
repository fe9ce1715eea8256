package io.tuodui.job;

import io.tuodui.store.Columns;
import io.tuodui.task.Priority;
import io.tuodui.task.Share;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** The tables {@code job} and {@code job_task}, beyond what the routes' own statements do. */
@Repository
public class JobRepository {
  /** With {@link #JOB}, which reads them. */
  static final String COLUMNS = "job_id, source, origin, state, priority, max_age_ms";

  static final RowMapper<Job> JOB =
      (row, number) ->
          new Job(
              row.getLong("job_id"),
              row.getString("source"),
              row.getString("origin"),
              row.getString("state"),
              Priority.of(row.getString("priority")),
              row.getObject("max_age_ms", Long.class));

  /** Of a job that nobody has worked on for so long; an older node does not say when it does. */
  private static final String LEFT_LOADING =
      "state = 'loading' AND COALESCE(touched_at, started_at)"
          + " <= UTC_TIMESTAMP(3) - INTERVAL :seconds SECOND";

  private final JdbcClient jdbc;
  private final Clock clock;

  JobRepository(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** A job in the state {@code loading}; its deadline counts from the database's clock. */
  Job create(String source, String origin, String fingerprint, Terms terms) {
    Long maxAge = terms.maxAge() == null ? null : terms.maxAge().toMillis();
    GeneratedKeyHolder key = new GeneratedKeyHolder();
    jdbc.sql(
            "INSERT INTO job (source, origin, fingerprint, state, started_at, touched_at, priority,"
                + " max_age_ms, deadline) VALUES (:source, :origin, :fingerprint, 'loading', :now,"
                + " UTC_TIMESTAMP(3), :priority, :maxAge,"
                + " COALESCE(UTC_TIMESTAMP(3) + INTERVAL :within * 1000 MICROSECOND, :until))")
        .param("source", source)
        .param("origin", Columns.text(origin, 1000))
        .param("fingerprint", fingerprint)
        .param("now", Columns.time(clock.instant()))
        .param("priority", terms.priority().word())
        .param("maxAge", maxAge)
        .param("within", terms.within() == null ? null : terms.within().toMillis())
        .param("until", Columns.time(terms.until()))
        .update(key);
    return new Job(key.getKey().longValue(), source, origin, Job.LOADING, terms.priority(), maxAge);
  }

  /** The newest job of a submission with this fingerprint. */
  Optional<Job> withFingerprint(String fingerprint) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + " FROM job WHERE fingerprint = :fingerprint ORDER BY job_id DESC LIMIT 1")
        .param("fingerprint", fingerprint)
        .query(JOB)
        .optional();
  }

  /** A job by its number. */
  public Optional<Job> find(long jobId) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM job WHERE job_id = :job")
        .param("job", jobId)
        .query(JOB)
        .optional();
  }

  /**
   * Says that the list of a job is being loaded now, so that nobody takes it for abandoned.
   *
   * @return false when it was given up, or is loaded
   */
  boolean touch(long jobId) {
    return 0
        < jdbc.sql(
                "UPDATE job SET touched_at = UTC_TIMESTAMP(3)"
                    + " WHERE job_id = :job AND state = 'loading' AND fingerprint <> ''")
            .param("job", jobId)
            .update();
  }

  /** All ids are in the ledger; also if that took so long that nobody expected it any more. */
  void loaded(long jobId, long submitted, long invalid) {
    jdbc.sql(
            "UPDATE job SET state = IF(state = 'loading', 'open', state), submitted = :submitted,"
                + " invalid = :invalid,"
                + " accepted = (SELECT COUNT(*) FROM job_task task WHERE task.job_id = job.job_id)"
                + " WHERE job_id = :job")
        .param("submitted", submitted)
        .param("invalid", invalid)
        .param("job", jobId)
        .update();
  }

  /** Whether ids that are still read belong to a job: not once it is cancelled. */
  boolean takesIds(long jobId) {
    return find(jobId)
        .filter(job -> job.state().equals(Job.LOADING) || job.state().equals(Job.OPEN))
        .isPresent();
  }

  /**
   * Ends the loading of a job whose list is not read to its end: it is left with the ids that are
   * in the ledger, or removed when there are none. The same file, should it be there again, is
   * another submission.
   *
   * @return how many ids it has
   */
  long breakOff(long jobId) {
    long ids =
        jdbc.sql("SELECT COUNT(*) FROM job_task WHERE job_id = :job")
            .param("job", jobId)
            .query(Long.class)
            .single();
    if (ids == 0) {
      discard(jobId);
    } else {
      jdbc.sql(
              "UPDATE job SET state = 'open', fingerprint = '', submitted = :ids, accepted = :ids"
                  + " WHERE job_id = :job AND state = 'loading'")
          .param("ids", ids)
          .param("job", jobId)
          .update();
    }
    return ids;
  }

  /** The jobs that are loading, and were not worked on for so long, by the database's clock. */
  List<Job> leftLoading(Duration time) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM job WHERE " + LEFT_LOADING)
        .param("seconds", time.toSeconds())
        .query(JOB)
        .list();
  }

  /**
   * Gives up the loading of such a job: from here on, whoever presents its list begins another one.
   *
   * @return false when somebody has gone on with it meanwhile
   */
  boolean giveUp(long jobId, Duration time) {
    return 0
        < jdbc.sql("UPDATE job SET fingerprint = '' WHERE job_id = :job AND " + LEFT_LOADING)
            .param("job", jobId)
            .param("seconds", time.toSeconds())
            .update();
  }

  /** Removes a job that turned out to hold no valid id. */
  void discard(long jobId) {
    jdbc.sql("DELETE FROM job WHERE job_id = :job AND state = 'loading'")
        .param("job", jobId)
        .update();
  }

  /**
   * Hands over all item ids of one source that are waited for, those of paused jobs left out, in
   * chunks, without holding them all: job by job, the most urgent first, and the smallest of these.
   */
  public void forEachOpen(String source, int chunk, BiConsumer<Share, List<Long>> consumer) {
    jdbc.sql(
            "SELECT "
                + COLUMNS
                + " FROM job WHERE state NOT IN ('paused', 'finished') AND source = :source"
                + " ORDER BY priority DESC, state = 'loading', accepted, job_id")
        .param("source", source)
        .query(JOB)
        .list()
        .forEach(
            job -> forEachOpenOf(job.jobId(), chunk, ids -> consumer.accept(job.share(), ids)));
  }

  /** The item ids that one job waits for, whatever its state, in chunks. */
  public void forEachOpenOf(long job, int chunk, Consumer<List<Long>> consumer) {
    long after = -1;
    List<Long> ids;
    do {
      ids =
          jdbc.sql(
                  "SELECT item_id FROM job_task WHERE job_id = :job AND item_id > :after AND"
                      + " state = 'open' ORDER BY item_id LIMIT :chunk")
              .param("job", job)
              .param("after", after)
              .param("chunk", chunk)
              .query(Long.class)
              .list();
      if (!ids.isEmpty()) {
        after = ids.get(ids.size() - 1);
        consumer.accept(ids);
      }
    } while (ids.size() == chunk);
  }

  /** How many tasks of a job are not explained yet. */
  public long open(long jobId) {
    return jdbc.sql("SELECT COUNT(*) FROM job_task WHERE job_id = :job AND state = 'open'")
        .param("job", jobId)
        .query(Long.class)
        .single();
  }

  /** How many dead letters wait for a person. */
  public long deadLetters() {
    return jdbc.sql("SELECT COUNT(*) FROM dead_letter WHERE status = 'open'")
        .query(Long.class)
        .single();
  }
}
