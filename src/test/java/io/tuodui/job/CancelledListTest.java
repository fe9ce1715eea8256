package io.tuodui.job;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.tuodui.NodeForTests;
import io.tuodui.SimulatedNode;
import io.tuodui.config.UserError;
import io.tuodui.control.JobControl;
import io.tuodui.intake.IdListReader;
import io.tuodui.simulator.SimulatedItems;
import io.tuodui.task.Priority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A job that is cancelled while its list is read: no id comes after, whenever that was. */
@ExtendWith(SimulatedNode.class)
class CancelledListTest {
  private static final List<Long> IDS = SimulatedItems.ids(9_220).skip(9_200).boxed().toList();
  private static final List<Long> FIRST = IDS.subList(0, 10);
  private static final List<Long> SECOND = IDS.subList(10, 20);

  private NodeForTests node;
  private JobControl control;

  @BeforeEach
  void use(NodeForTests node) {
    this.node = node;
    control = node.bean(JobControl.class);
  }

  private Job job(Duration maxAge) {
    String fingerprint = UUID.randomUUID().toString().replace("-", "");
    Terms terms = new Terms(Priority.NORMAL, maxAge, null, null);
    return node.bean(JobRepository.class).create("item-detail", "big.txt", fingerprint, terms);
  }

  private void assertEndsWith(Job job, int accepted) {
    Receipt receipt = node.receipt(job.jobId());
    assertThat(receipt.complete()).isTrue();
    assertThat(receipt.accepted()).isEqualTo(receipt.submitted()).isEqualTo(accepted);
    assertThat(receipt.succeeded() + receipt.gone() + receipt.dead() + receipt.cancelled())
        .isEqualTo(accepted);
    assertThat(node.rows("SELECT accepted FROM job WHERE job_id = ?", job.jobId()))
        .extracting(row -> row.get("accepted"))
        .containsExactly((long) accepted);
    assertThatThrownBy(() -> control.cancel(job.jobId()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("finished");
  }

  @Test
  void itsLoaderStops() throws IOException {
    Job job = job(null);
    List<Receipt> meanwhile = new ArrayList<>();
    IdListReader reader = mock(IdListReader.class);
    when(reader.nextIds(anyInt()))
        .thenReturn(FIRST)
        .thenReturn(SECOND)
        .thenAnswer(
            third -> {
              // The first chunk is written by now, and the second is not.
              meanwhile.add(node.receipt(job.jobId()));
              control.cancel(job.jobId());
              return List.of();
            });
    Submission submission = new Submission(job, reader);
    Exception told =
        node.camel()
            .request(
                "direct:load-submission",
                exchange -> exchange.setProperty("submission", submission))
            .getException();
    assertThat(told)
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("big.txt", "Job " + job.jobId(), "cancelled");
    assertThat(meanwhile)
        .as("while the list is read")
        .singleElement()
        .matches(receipt -> receipt.submitted() == FIRST.size() && receipt.duplicates() == 0);
    assertEndsWith(job, FIRST.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"insert-job-tasks", "insert-job-tasks-unless-fresh"})
  void theChunkThatIsUnderWayIsCancelledToo(String statement) throws IOException {
    Job job = job(Duration.ofMillis(1));
    String sql =
        new ClassPathResource("sql/" + statement + ".sql")
            .getContentAsString(StandardCharsets.UTF_8)
            .replace(":#", ":");
    Runnable write =
        () ->
            node.sql()
                .sql(sql)
                .param("jobId", job.jobId())
                .param("source", job.source())
                .param("ids", FIRST.toString())
                .param("maxAge", job.maxAgeMillis())
                .update();
    CompletableFuture<Long> cancelled =
        new TransactionTemplate(node.bean(PlatformTransactionManager.class))
            .execute(
                transaction -> {
                  write.run();
                  CompletableFuture<Long> waiting =
                      CompletableFuture.supplyAsync(() -> control.cancel(job.jobId()));
                  await().until(this::someoneWaitsForALock);
                  return waiting;
                });
    assertThat(cancelled.join()).isEqualTo(FIRST.size());
    write.run();
    assertEndsWith(job, FIRST.size());
  }

  /** Else its loader would go on. */
  @Test
  void aDeadlineThatIsPastDoesNotOpenItAgain() {
    Job job = job(null);
    node.sql()
        .sql("INSERT INTO job_task (job_id, item_id, source) VALUES (?, ?, ?)")
        .params(job.jobId(), FIRST.get(0), job.source())
        .update();
    node.sql()
        .sql("UPDATE job SET deadline = UTC_TIMESTAMP(3) WHERE job_id = ?")
        .param(job.jobId())
        .update();
    CompletableFuture<Long> cancelled =
        new TransactionTemplate(node.bean(PlatformTransactionManager.class))
            .execute(
                transaction -> {
                  node.rows("SELECT 1 FROM job_task WHERE job_id = ? FOR UPDATE", job.jobId());
                  CompletableFuture<Long> waiting =
                      CompletableFuture.supplyAsync(() -> control.cancel(job.jobId()));
                  await().until(this::someoneWaitsForALock);
                  CompletableFuture.runAsync(control::expire).orTimeout(5, SECONDS).join();
                  assertThat(node.rows("SELECT state FROM job WHERE job_id = ?", job.jobId()))
                      .containsExactly(Map.of("state", "paused"));
                  return waiting;
                });
    assertThat(cancelled.join()).isEqualTo(1);
    assertEndsWith(job, 1);
  }

  private boolean someoneWaitsForALock() {
    return !node.rows(
            "SELECT trx_id FROM information_schema.INNODB_TRX WHERE trx_state = 'LOCK WAIT'")
        .isEmpty();
  }
}
