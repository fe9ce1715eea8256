package io.tuodui.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.tuodui.NodeForTests;
import io.tuodui.SimulatedNode;
import io.tuodui.intake.IdListReader;
import io.tuodui.simulator.SimulatedItems;
import io.tuodui.task.Priority;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A list that vanishes while it is loaded: what was accepted is collected, and the job ends. */
@ExtendWith(SimulatedNode.class)
class BrokenListTest {
  private static final List<Long> IDS = SimulatedItems.ids(9_010).skip(9_000).boxed().toList();

  private final IdListReader reader = mock(IdListReader.class);
  private NodeForTests node;
  private Job job;

  @BeforeEach
  void aListThatIsLoaded(NodeForTests node) {
    this.node = node;
    String fingerprint = UUID.randomUUID().toString().replace("-", "");
    Terms terms = new Terms(Priority.NORMAL, null, null, null);
    job = node.bean(JobRepository.class).create("item-detail", "big.txt", fingerprint, terms);
  }

  private Exception load() {
    Submission submission = new Submission(job, reader);
    return node.camel()
        .request(
            "direct:load-submission", exchange -> exchange.setProperty("submission", submission))
        .getException();
  }

  private List<String> state() {
    return node.sql()
        .sql("SELECT state FROM job WHERE job_id = ?")
        .param(job.jobId())
        .query(String.class)
        .list();
  }

  @Test
  void theIdsBeforeTheBreakAreTheJob() throws IOException {
    when(reader.nextIds(anyInt())).thenReturn(IDS).thenThrow(new IOException("Stale file handle"));
    assertThat(load())
        .isInstanceOf(UnusableIdList.class)
        .hasMessageContainingAll("big.txt", "Stale file handle", "job " + job.jobId(), "10 ids");
    Receipt receipt = node.complete(job.jobId());
    assertThat(receipt.submitted()).isEqualTo(receipt.accepted()).isEqualTo(IDS.size());
    await().until(() -> state().equals(List.of(Job.FINISHED)));
  }

  @Test
  void aListOfWhichNothingWasReadLeavesNoJob() throws IOException {
    when(reader.nextIds(anyInt())).thenThrow(new IOException("Stale file handle"));
    assertThat(load())
        .isInstanceOf(UnusableIdList.class)
        .hasMessageContaining("nothing of it is collected");
    assertThat(state()).isEmpty();
  }

  @Test
  void aListThatNobodyPresentsAgainIsGivenUpAfterADay() {
    node.sql()
        .sql("INSERT INTO job_task (job_id, item_id, source) VALUES (?, ?, 'item-detail')")
        .params(job.jobId(), IDS.get(0))
        .update();
    Submissions submissions = node.bean(Submissions.class);
    submissions.breakOffAbandoned();
    assertThat(state()).containsExactly(Job.LOADING);
    node.sql()
        .sql("UPDATE job SET started_at = started_at - INTERVAL 25 HOUR WHERE job_id = ?")
        .param(job.jobId())
        .update();
    submissions.breakOffAbandoned();
    assertThat(state()).hasSize(1).doesNotContain(Job.LOADING);
    assertThat(node.receipt(job.jobId()).submitted()).isOne();
  }
}
