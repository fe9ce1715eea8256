package io.tuodui.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tuodui.account.Permits;
import io.tuodui.config.Accounts;
import io.tuodui.config.UserError;
import io.tuodui.job.JobRepository;
import io.tuodui.job.Receipt;
import io.tuodui.job.Receipts;
import io.tuodui.job.Submission;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Submits files, waits until every id is explained, and prints the receipts. */
@Component
class OneShot {
  private final ProducerTemplate camel;
  private final JobRepository jobs;
  private final Receipts receipts;
  private final Permits permits;
  private final Accounts accounts;
  private final ObjectMapper json;

  OneShot(
      ProducerTemplate camel,
      JobRepository jobs,
      Receipts receipts,
      Permits permits,
      Accounts accounts,
      ObjectMapper json) {
    this.camel = camel;
    this.jobs = jobs;
    this.receipts = receipts;
    this.permits = permits;
    this.accounts = accounts;
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
      Receipt receipt = await(job);
      print(receipt, asJson);
      complete &= receipt.complete();
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

  private Receipt await(long job) {
    try (ProgressLine progress = new ProgressLine(receipts.of(job), System.err)) {
      while (true) {
        long asked = System.nanoTime();
        try {
          Receipt receipt = receipts.of(job);
          progress.show(receipt);
          if (receipt.complete()) {
            return receipt;
          }
        } catch (DataAccessException away) {
          progress.note("MySQL does not answer; waiting until it is back");
        }
        stopWithoutAccounts(job);
        // A receipt of a million ids takes a while to compute: look rarely then.
        long took = System.nanoTime() - asked;
        TimeUnit.NANOSECONDS.sleep(Math.max(TimeUnit.MILLISECONDS.toNanos(500), 10 * took));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return receipts.of(job);
    }
  }

  /**
   * With every account suspended, only a person can help; the job stays open for the next start.
   */
  private void stopWithoutAccounts(long job) {
    Map<String, String> suspended;
    try {
      suspended = permits.suspended();
    } catch (DataAccessException away) {
      return;
    }
    if (suspended.size() < accounts.all().size()) {
      return;
    }
    StringBuilder message = new StringBuilder("No account can be used any more:");
    suspended.forEach((name, why) -> message.append("\n  ").append(name).append(": ").append(why));
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
