package io.tuodui.task;

import io.tuodui.task.QueueUnderTest.Worker;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

/**
 * Whatever workers do, in whatever order: every item is where a simple model says it is, a token
 * only ever grows, and who lost a lease is refused. One after the other, because each script is one
 * step of Redis; {@link TaskQueueInterleavingTest} has them run at the same time.
 */
class TaskQueueProperties {

  private static final int TRIES = 100;
  private static final int ACTIONS = 40;

  /** Over at once, soon, or not while the test runs; in ms. */
  private static final List<Long> TIMES = List.of(0L, 5L, QueueUnderTest.LONG);

  private static final List<TaskStatus> ENDS =
      List.of(TaskStatus.SUCCEEDED, TaskStatus.GONE, TaskStatus.DEAD);

  @Property(tries = TRIES)
  @StatisticsReport(StatisticsReportMode.OFF)
  void everyItemIsWhereTheModelSaysItIs(@ForAll("chains") ActionChain<QueueUnderTest> chain) {
    try {
      QueueUnderTest end = chain.run();
      Statistics.label("heard").collect(end.heard() > 0);
      Statistics.label("refused").collect(end.refused() > 0);
    } finally {
      chain.finalState().ifPresent(QueueUnderTest::close);
    }
    for (String met : List.of("heard", "refused")) {
      Statistics.label(met)
          .coverage(coverage -> coverage.check(true).percentage(share -> share > 50));
    }
  }

  @Provide
  Arbitrary<ActionChain<QueueUnderTest>> chains() {
    Arbitrary<Share> job = Arbitraries.of(QueueUnderTest.JOBS);
    Arbitrary<Worker> worker = Arbitraries.of(Worker.class);
    Arbitrary<Long> item = Arbitraries.longs().between(0, QueueUnderTest.ITEMS - 1);
    Arbitrary<List<Long>> items =
        item.list().uniqueElements().ofMinSize(1).ofMaxSize(QueueUnderTest.ITEMS);
    Arbitrary<Integer> max = Arbitraries.integers().between(1, QueueUnderTest.ITEMS);
    Arbitrary<Long> time = Arbitraries.of(TIMES);
    Arbitrary<TaskStatus> end = Arbitraries.of(ENDS);
    return ActionChain.startWith(QueueUnderTest::new)
        .withAction(3, step(Combinators.combine(job, items).as(QueueStep.Enqueue::new)))
        .withAction(1, step(Combinators.combine(job, items).as(QueueStep.PutBack::new)))
        .withAction(1, step(Combinators.combine(job, items).as(QueueStep.Move::new)))
        .withAction(5, step(Combinators.combine(worker, max, time).as(QueueStep.Claim::new)))
        .withAction(2, step(Combinators.combine(worker, items, time).as(QueueStep.Extend::new)))
        .withAction(3, step(Combinators.combine(worker, items, end).as(QueueStep.Acknowledge::new)))
        .withAction(2, step(Combinators.combine(worker, items, time).as(QueueStep.RetryLater::new)))
        .withAction(1, step(Combinators.combine(worker, items, time).as(QueueStep.Release::new)))
        .withAction(3, step(worker.set().map(QueueStep.Sweep::new)))
        .withAction(1, step(worker.map(QueueStep.Crash::new)))
        .withAction(2, step(Arbitraries.just(new QueueStep.LetTimePass())))
        .withAction(1, step(item.map(QueueStep.LoseShardOf::new)))
        .withMaxTransformations(ACTIONS);
  }

  private static Action.Independent<QueueUnderTest> step(Arbitrary<? extends QueueStep> steps) {
    Arbitrary<Transformer<QueueUnderTest>> transformers = steps.map(step -> step);
    return () -> transformers;
  }
}
