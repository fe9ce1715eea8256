package io.tuodui.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tuodui.account.Permits;
import io.tuodui.config.Accounts;
import io.tuodui.config.UserError;
import io.tuodui.gateway.Dialect;
import io.tuodui.job.Job;
import io.tuodui.job.JobRepository;
import io.tuodui.job.Receipt;
import io.tuodui.job.Receipts;
import io.tuodui.job.Submission;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Submits files, waits until every id is explained, and prints the receipts. */
@Component
class OneShot {
  private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(500);

  private final ProducerTemplate camel;
  private final JobRepository jobs;
  private final Receipts receipts;
  private final Permits permits;
  private final Accounts accounts;
  private final Dialect dialect;
  private final ObjectMapper json;
  private final CountDownLatch stopping = new CountDownLatch(1);

  OneShot(
      ProducerTemplate camel,
      JobRepository jobs,
      Receipts receipts,
      Permits permits,
      Accounts accounts,
      Dialect dialect,
      ObjectMapper json) {
    this.camel = camel;
    this.jobs = jobs;
    this.receipts = receipts;
    this.permits = permits;
    this.accounts = accounts;
    this.dialect = dialect;
    this.json = json;
  }

  /**
   * Says of a file that is no list of ids what is wrong with it, and collects the others.
   *
   * @return whether every file was a list of ids and every id is explained
   * @throws UserError when no account can be used any more
   */
  boolean collect(List<File> files, boolean asJson) {
    List<Long> submitted = new ArrayList<>();
    boolean complete = true;
    for (File file : files) {
      try {
        submitted.add(submit(file));
      } catch (UserError unusable) {
        // The other lists are none the worse for it.
        System.err.println("tuodui: " + unusable.getMessage());
        complete = false;
      }
    }
    for (long job : submitted) {
      Optional<Receipt> receipt = await(job);
      if (receipt.isEmpty()) {
        return false;
      }
      print(receipt.get(), asJson);
      complete &= receipt.get().complete();
    }
    return complete;
  }

  private long submit(File file) {
    try {
      return camel
          .requestBody("direct:submit-file", file.getAbsoluteFile(), Submission.class)
          .getJob()
          .jobId();
    } catch (CamelExecutionException failed) {
      throw failed.getCause() instanceof UserError unusable ? unusable : failed;
    }
  }

  /** Empty when the process is told to stop before. */
  private Optional<Receipt> await(long job) {
    try (ProgressLine progress = new ProgressLine(System.err)) {
      long pause = 0;
      boolean paused = false;
      while (!stopping.await(pause, TimeUnit.NANOSECONDS)) {
        long asked = System.nanoTime();
        try {
          Receipt receipt = receipts.of(job);
          progress.show(receipt);
          if (receipt.complete()) {
            return Optional.of(receipt);
          }
          stopWithoutAccounts(job);
          paused = sayIfPaused(job, paused, progress);
        } catch (DataAccessException away) {
          progress.note("A store does not answer; waiting until it is back");
        }
        // A receipt of a million ids takes a while to compute: look rarely then.
        pause = Math.max(LOOK_EVERY, 40 * (System.nanoTime() - asked));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException closing) {
      // The pools are closed first of all when the process ends.
      if (stopping.getCount() > 0) {
        throw closing;
      }
    }
    System.err.printf(
        "Stopping: what is in flight is finished. Job %d keeps its open ids; collect the same file"
            + " again to go on.%n",
        job);
    return Optional.empty();
  }

  /** Once each time it is: it may be somebody else who paused it. */
  private boolean sayIfPaused(long job, boolean said, ProgressLine progress) {
    boolean paused = jobs.find(job).filter(now -> now.state().equals(Job.PAUSED)).isPresent();
    if (paused && !said) {
      progress.say(
          "Job %d is paused, and this waits until it goes on: ./tuodui jobs resume %d"
              .formatted(job, job));
    }
    return paused;
  }

  @EventListener
  void stop(ContextClosedEvent closing) {
    stopping.countDown();
  }

  /**
   * With no account that may call, only a person can help; the job stays open for the next start.
   */
  private void stopWithoutAccounts(long job) {
    Map<String, String> unusable = permits.unusable(dialect.api());
    if (unusable.size() < accounts.all().size()) {
      return;
    }
    StringBuilder message = new StringBuilder("No account can be used any more:");
    unusable.forEach((name, why) -> message.append("\n  ").append(name).append(": ").append(why));
    message.append("\nJob ").append(job).append(" keeps ").append(jobs.open(job));
    throw new UserError(
        message.append(" open ids: mend the accounts and collect the same file again.").toString());
  }

  private void print(Receipt receipt, boolean asJson) {
    if (!asJson) {
      System.out.println(ReceiptText.of(receipt));
      return;
    }
    try {
      System.out.println(json.writeValueAsString(receipt));
    } catch (JsonProcessingException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }
}
