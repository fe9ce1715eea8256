package io.tuodui.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.when;

import io.tuodui.NodeForTests;
import io.tuodui.SimulatedNode;
import io.tuodui.intake.IdListReader;
import io.tuodui.intake.IdListReport;
import io.tuodui.simulator.SimulatedItems;
import io.tuodui.simulator.Simulator;
import io.tuodui.simulator.SimulatorOptions;
import io.tuodui.task.Priority;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Predicate;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A list that vanishes while it is loaded: what was accepted is collected, and the job ends. On a
 * node of its own, since one that has been up for long gives lists up by itself.
 */
class BrokenListTest {
  private static final List<Long> IDS = SimulatedItems.ids(9_010).skip(9_000).boxed().toList();

  private static Simulator simulator;
  private static NodeForTests node;

  private final IdListReader reader = mock(IdListReader.class);
  private String fingerprint;
  private Job job;

  @BeforeAll
  static void start() {
    simulator = Simulator.start(SimulatorOptions.plain(SimulatedNode.ACCOUNTS.size()));
    node = NodeForTests.start(simulator.baseUrl(), SimulatedNode.ACCOUNTS, Map.of());
  }

  @AfterAll
  static void stop() {
    node.close();
    simulator.close();
  }

  @BeforeEach
  void aListThatIsLoaded() {
    fingerprint = UUID.randomUUID().toString().replace("-", "");
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
  void aListThatIsGivenUpBecauseTheNodeStopsIsNotBroken() throws IOException {
    when(reader.nextIds(anyInt())).thenReturn(IDS).thenThrow(new ClosedByInterruptException());
    assertThat(load()).hasRootCauseInstanceOf(ClosedByInterruptException.class);
    assertThat(state()).containsExactly(Job.LOADING);
  }

  @Test
  void aListOfWhichNothingWasReadLeavesNoJob() throws IOException {
    when(reader.nextIds(anyInt())).thenThrow(new IOException("Stale file handle"));
    assertThat(load())
        .isInstanceOf(UnusableIdList.class)
        .hasMessageContaining("nothing of it is collected");
    assertThat(state()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aListThatNobodyPresentsAgainIsGivenUpAfterADay(boolean loadedByAnOlderNode) {
    node.sql()
        .sql("INSERT INTO job_task (job_id, item_id, source) VALUES (?, ?, 'item-detail')")
        .params(job.jobId(), IDS.get(0))
        .update();
    breakOffAbandoned();
    assertThat(state()).containsExactly(Job.LOADING);
    leaveForADay();
    if (loadedByAnOlderNode) {
      node.sql()
          .sql("UPDATE job SET touched_at = NULL WHERE job_id = ?")
          .param(job.jobId())
          .update();
    }
    breakOffAbandoned();
    assertThat(state()).hasSize(1).doesNotContain(Job.LOADING);
    assertThat(node.receipt(job.jobId()).submitted()).isOne();
  }

  @Test
  void aListThatIsPresentedAgainAfterADayIsLeftToItsLoader(@TempDir Path folder)
      throws IOException {
    leaveForADay();
    Path list = Files.writeString(folder.resolve("big.txt"), IDS.get(0) + "\n");
    Submissions submissions = node.bean(Submissions.class);
    assertThat(submissions.open(list, "big.txt", fingerprint).getJob()).isEqualTo(job);
    breakOffAbandoned();
    assertThat(state()).containsExactly(Job.LOADING);
  }

  @Test
  void aListThatWasGivenUpIsPresentedAsAnotherJob(@TempDir Path folder) throws IOException {
    leaveForADay();
    JobRepository jobs = node.bean(JobRepository.class);
    assertThat(jobs.giveUp(job.jobId(), Duration.ofDays(1))).isTrue();
    Path list = Files.writeString(folder.resolve("big.txt"), IDS.get(0) + "\n");
    Submissions submissions = node.bean(Submissions.class);
    assertThat(submissions.open(list, "big.txt", fingerprint).getJob()).isNotEqualTo(job);
    assertThat(jobs.touch(job.jobId())).isFalse();
  }

  @Test
  void aListWhoseChunksAreWrittenIsLeftToItsLoader() throws IOException {
    List<List<String>> states = new ArrayList<>();
    when(reader.nextIds(anyInt()))
        .thenAnswer(
            first -> {
              leaveForADay();
              return IDS.subList(0, 5);
            })
        .thenReturn(IDS.subList(5, 10))
        .thenAnswer(
            afterTheFirstIsWritten -> {
              breakOffAbandoned();
              states.add(state());
              return List.of();
            });
    when(reader.report()).thenReturn(new IdListReport(10, 0, List.of(), Map.of()));
    assertThat(load()).isNull();
    assertThat(states).containsExactly(List.of(Job.LOADING));
    assertThat(node.complete(job.jobId()).accepted()).isEqualTo(IDS.size());
  }

  @Test
  void aNodeThatHasJustStartedGivesNoListUp() {
    leaveForADay();
    NotifyBuilder turns =
        new NotifyBuilder(node.bean(CamelContext.class))
            .fromRoute("expire-jobs")
            .whenCompleted(2)
            .create();
    assertThat(turns.matches(30, TimeUnit.SECONDS)).isTrue();
    assertThat(state()).containsExactly(Job.LOADING);
  }

  @ParameterizedTest
  @CsvSource({"9, false", "10, true", "90, true"})
  void listsAreGivenUpOnceANodeHasBeenUpForTenMinutes(long minutes, boolean givenUp) {
    CamelContext running = node.bean(CamelContext.class);
    FilterDefinition presented =
        ((ModelCamelContext) running)
            .getRouteDefinition("expire-jobs").getOutputs().stream()
                .filter(FilterDefinition.class::isInstance)
                .map(FilterDefinition.class::cast)
                .findFirst()
                .orElseThrow();
    CamelContext started = spy(new DefaultCamelContext());
    when(started.getUptime()).thenReturn(Duration.ofMinutes(minutes));
    Predicate condition =
        started
            .resolveLanguage("simple")
            .createPredicate(presented.getExpression().getExpression());
    assertThat(condition.matches(new DefaultExchange(started))).isEqualTo(givenUp);
  }

  /** As if the list's node had died a day ago. */
  private void leaveForADay() {
    node.sql()
        .sql(
            "UPDATE job SET started_at = started_at - INTERVAL 25 HOUR,"
                + " touched_at = touched_at - INTERVAL 25 HOUR WHERE job_id = ?")
        .param(job.jobId())
        .update();
  }

  private void breakOffAbandoned() {
    node.bean(Submissions.class).breakOffAbandoned();
  }
}
