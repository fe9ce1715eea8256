package io.tuodui.job;

import io.tuodui.config.TuoduiProperties;
import io.tuodui.config.UserError;
import io.tuodui.intake.IdListReader;
import io.tuodui.intake.IdListReport;
import io.tuodui.intake.UnreadableIdListException;
import io.tuodui.item.Sha256;
import io.tuodui.task.Priority;
import io.tuodui.task.Share;
import io.tuodui.task.TaskQueue;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/** The steps of the intake routes, between a file and the ledger. */
@Component
public final class Submissions {
  private static final Logger LOG = LoggerFactory.getLogger(Submissions.class);
  private static final int CHUNK = 5_000;
  private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

  private final JobRepository jobs;
  private final Receipts receipts;
  private final TaskQueue queue;
  private final Terms usual;

  Submissions(JobRepository jobs, Receipts receipts, TaskQueue queue, TuoduiProperties properties) {
    this.jobs = jobs;
    this.receipts = receipts;
    this.queue = queue;
    TuoduiProperties.Intake intake = properties.intake();
    this.usual = Terms.of(intake.priority(), intake.maxAge(), intake.deadline());
  }

  /**
   * Begins to submit a file. The very same file, untouched since, is taken up where it was left, on
   * the terms it had: a second start after a crash must not make a second job of it.
   *
   * @throws UnusableIdList when the file is no list of ids
   */
  public Submission open(@Body File file) throws IOException {
    return open(file.toPath(), usual, Job.FINISHED);
  }

  /**
   * As {@link #open}, for a watched folder: there, a file that was collected is only to be moved,
   * which may have failed before. The priority is that of the sub-folder, if the file is in one.
   *
   * @param name of the file, from the watched folder on
   */
  public Submission openDropped(@Body File file, @Header("CamelFileName") String name)
      throws IOException {
    Path folder = Path.of(name).getParent();
    Terms terms = folder == null ? usual : usual.with(Priority.of(folder.toString()));
    return open(file.toPath(), terms, null);
  }

  private Submission open(Path file, Terms terms, String stateToCollectAgain) throws IOException {
    String fingerprint = fingerprint(file);
    Optional<Job> earlier =
        earlier(fingerprint).filter(job -> !job.state().equals(stateToCollectAgain));
    if (earlier.isPresent()) {
      LOG.info("{} is taken up again as job {}", file.getFileName(), earlier.get().jobId());
      if (!earlier.get().state().equals(Job.LOADING)) {
        return new Submission(earlier.get(), null);
      }
    }
    IdListReader reader = reader(file);
    Job job =
        earlier.orElseGet(
            () -> jobs.create(queue.source(), file.getFileName().toString(), fingerprint, terms));
    return new Submission(job, reader);
  }

  /**
   * Begins to submit, on the usual terms, a list whose origin is not its file. Whatever has the
   * same fingerprint is the same submission, and taken up where it was left.
   *
   * @throws UnusableIdList when the file is no list of ids
   */
  public Submission open(Path list, String origin, String fingerprint) {
    Optional<Job> earlier = earlier(fingerprint);
    if (earlier.isPresent() && !earlier.get().state().equals(Job.LOADING)) {
      return new Submission(earlier.get(), null);
    }
    try {
      IdListReader reader = reader(list);
      return new Submission(
          earlier.orElseGet(() -> jobs.create(queue.source(), origin, fingerprint, usual)), reader);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The job of the same submission, whose loading, if it was broken off, goes on from now. */
  private Optional<Job> earlier(String fingerprint) {
    return jobs.withFingerprint(fingerprint)
        .filter(job -> !job.state().equals(Job.LOADING) || jobs.touch(job.jobId()));
  }

  private static IdListReader reader(Path file) throws IOException {
    try {
      return IdListReader.open(file);
    } catch (UnreadableIdListException unreadable) {
      throw new UnusableIdList(unreadable);
    }
  }

  private static String fingerprint(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    String identity =
        file.toRealPath()
            + "|"
            + attributes.size()
            + "|"
            + attributes.lastModifiedTime()
            + "|"
            + attributes.fileKey();
    return Sha256.hex(identity.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
  }

  /** The file's ids, a chunk at a time, as the parameters of the statement that writes them. */
  public Iterator<Map<String, Object>> chunks(
      @ExchangeProperty("submission") Submission submission) {
    return submission.chunks(CHUNK);
  }

  /**
   * Hands the ids of a chunk that are open in the ledger to the queue. Once the job is cancelled,
   * what is left of the list is not read.
   */
  public void enqueue(
      @Body List<Map<String, Object>> openRows,
      @ExchangeProperty("submission") Submission submission) {
    Job job = submission.getJob();
    if (!jobs.takesIds(job.jobId())) {
      submission.end();
      return;
    }
    jobs.touch(job.jobId());
    if (openRows.isEmpty()) {
      return;
    }
    Priority priority = Priority.of((String) openRows.get(0).get("priority"));
    queue.enqueue(
        new Share(job.jobId(), priority),
        openRows.stream().map(row -> ((Number) row.get("item_id")).longValue()).toList());
  }

  /**
   * Ends a submission: the ledger holds all of it.
   *
   * @throws UserError when the job was cancelled before that
   * @throws UnusableIdList when there was no valid id, or the file could not be read to its end
   */
  public void close(@ExchangeProperty("submission") Submission submission) {
    Job job = submission.getJob();
    if (submission.ended()) {
      throw new UserError(
          "Job %d (%s) ended before its list did, as when it is cancelled: no further id is taken."
              .formatted(job.jobId(), job.origin()));
    }
    IdListReport report = submission.report();
    long jobId = job.jobId();
    if (submission.broken() != null) {
      throw new UnusableIdList(submission, jobs.breakOff(jobId));
    }
    if (report.submitted() == report.invalid()) {
      jobs.discard(jobId);
      throw new UnusableIdList(submission, report);
    }
    jobs.loaded(jobId, report.submitted(), report.invalid());
    Receipt receipt = receipts.of(jobId);
    LOG.info(
        "{} is job {}: {} accepted, {} duplicates, {} invalid",
        receipt.origin(),
        jobId,
        receipt.accepted(),
        receipt.duplicates(),
        receipt.invalid());
  }

  /**
   * Ends the loading of jobs whose list nobody has worked on for so long that nobody will. A step
   * of the route {@code expire-jobs}, on every node: doing so twice does no harm.
   */
  public void breakOffAbandoned() {
    for (Job job : jobs.leftLoading(ABANDONED_AFTER)) {
      if (jobs.giveUp(job.jobId(), ABANDONED_AFTER)) {
        LOG.warn(
            "The list {} of job {} was never read to its end: the job ends with the {} ids before",
            job.origin(),
            job.jobId(),
            jobs.breakOff(job.jobId()));
      }
    }
  }

  /** What to tell about a submission that was accepted. */
  public SubmissionReport report(@Body Submission submission) {
    Receipt receipt = receipts.of(submission.getJob().jobId());
    IdListReport report = submission.report();
    return new SubmissionReport(
        receipt.job(),
        receipt.origin(),
        null,
        receipt.submitted(),
        receipt.accepted(),
        receipt.duplicates(),
        receipt.invalid(),
        report == null ? null : report.reasons(),
        report == null ? null : report.firstRejections());
  }

  /**
   * What to tell about a file that was not. Not by {@code @ExchangeException}, which gives the
   * innermost cause.
   */
  public SubmissionReport failure(
      @Header("CamelFileName") String fileName,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
    String error = cause.getMessage();
    if (cause instanceof UserError) {
      LOG.warn(error);
    } else {
      error =
          "%s could not be taken in: %s. Put it back into the inbox to try again."
              .formatted(fileName, NestedExceptionUtils.getMostSpecificCause(cause));
      LOG.error(error, cause);
    }
    IdListReport report = cause instanceof UnusableIdList unusable ? unusable.report() : null;
    return new SubmissionReport(
        null,
        fileName,
        error,
        report == null ? null : report.submitted(),
        report == null ? null : 0L,
        report == null ? null : 0L,
        report == null ? null : report.invalid(),
        report == null ? null : report.reasons(),
        report == null ? null : report.firstRejections());
  }
}
