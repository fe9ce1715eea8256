package io.tuodui.account;

import java.util.List;
import java.util.Map;
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
 * Whatever is done, in whatever order, and whatever Redis loses: no second, minute or day of an
 * account is over, nor one of an API of it; it makes no call while it rests or is suspended, and
 * none that is forbidden to it; and a permit is refused only when no account is free in time.
 */
class PermitsProperties {

  private static final int TRIES = 75;
  private static final int ACTIONS = 40;

  private static final List<Limits> LIMITS =
      List.of(
          new Limits(1, null),
          new Limits(2, 5),
          new Limits(10, null),
          new Limits(10, 12),
          new Limits(null, 3),
          new Limits(null, 4, null, Map.of()),
          new Limits(10, 7, 20, Map.of()),
          new Limits(5, null, null, Map.of("x", new Limits(2, 3, null, Map.of()))),
          new Limits(10, 12, 15, Map.of("x", new Limits(2, 4), "y", new Limits(null, 6))),
          new Limits(null, null, null, Map.of("y", new Limits(3, null))));

  private static final List<Integer> GUARDS = List.of(0, 25, 300);

  /** At once, soon, and as usual; in ms. */
  private static final List<Long> HORIZONS = List.of(0L, 100L, 5_000L);

  /** As usual, and past the day reset; in ms. */
  private static final List<Long> HORIZONS_OF_DAYS = List.of(5_000L, 172_800_000L);

  private static final List<List<String>> LOSSES =
      List.of(
          List.of("next"),
          List.of("next", "limits"),
          List.of("limits"),
          List.of("parked"),
          List.of("suspended"),
          List.of("next:x"),
          List.of("queue:x", "queue:y"));

  @Property(tries = TRIES)
  @StatisticsReport(StatisticsReportMode.OFF)
  void noLimitIsEverExceeded(@ForAll("withinSeconds") ActionChain<PermitsUnderTest> chain) {
    run(chain);
  }

  @Property(tries = TRIES)
  @StatisticsReport(StatisticsReportMode.OFF)
  void norOverTheTurnOfTheDay(@ForAll("overDays") ActionChain<PermitsUnderTest> chain) {
    run(chain);
  }

  private static void run(ActionChain<PermitsUnderTest> chain) {
    try {
      Statistics.collect(chain.run().granted() > 5);
    } finally {
      chain.finalState().ifPresent(PermitsUnderTest::close);
    }
    Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 50));
  }

  @Provide
  Arbitrary<ActionChain<PermitsUnderTest>> withinSeconds() {
    return chains(HORIZONS);
  }

  @Provide
  Arbitrary<ActionChain<PermitsUnderTest>> overDays() {
    return chains(HORIZONS_OF_DAYS);
  }

  private static Arbitrary<ActionChain<PermitsUnderTest>> chains(List<Long> horizons) {
    Arbitrary<String> name = Arbitraries.of(PermitsUnderTest.NAMES);
    Arbitrary<String> api = Arbitraries.of(PermitsUnderTest.APIS);
    Arbitrary<Integer> count = Arbitraries.integers().between(1, 12);
    Arbitrary<Integer> guard = Arbitraries.of(GUARDS);
    Arbitrary<Long> horizon = Arbitraries.of(horizons);
    Arbitrary<Long> rest = Arbitraries.of(0L, 300L, 3_000L);
    Arbitrary<Long> passing = Arbitraries.of(100L, 1_000L, 3_000L, 40_000L, 259_200_000L);
    return ActionChain.startWith(PermitsUnderTest::new)
        .withAction(
            3,
            step(
                Arbitraries.maps(name, Arbitraries.of(LIMITS))
                    .ofMinSize(1)
                    .map(PermitStep.Configure::new)))
        .withAction(
            8, step(Combinators.combine(api, count, guard, horizon).as(PermitStep.Reserve::new)))
        .withAction(
            2,
            step(
                Combinators.combine(name, Arbitraries.integers().between(0, 20))
                    .as(PermitStep.HandBack::new)))
        .withAction(1, step(Combinators.combine(name, rest).as(PermitStep.Rest::new)))
        .withAction(1, step(name.map(PermitStep.RestUntilDayReset::new)))
        .withAction(1, step(name.map(PermitStep.Slow::new)))
        .withAction(1, step(Combinators.combine(name, api).as(PermitStep.Forbid::new)))
        .withAction(1, step(name.map(PermitStep.Suspend::new)))
        .withAction(1, step(name.map(PermitStep.Resume::new)))
        .withAction(5, step(passing.map(PermitStep.LetPass::new)))
        .withAction(1, step(Arbitraries.of(LOSSES).map(PermitStep.Lose::new)))
        .withAction(1, step(Arbitraries.just(new PermitStep.LoseAll())))
        .withMaxTransformations(ACTIONS);
  }

  private static Action.Independent<PermitsUnderTest> step(Arbitrary<? extends PermitStep> steps) {
    Arbitrary<Transformer<PermitsUnderTest>> transformers = steps.map(step -> step);
    return () -> transformers;
  }
}
