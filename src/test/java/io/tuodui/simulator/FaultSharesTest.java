package io.tuodui.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many calls fail in each way. */
class FaultSharesTest {
  private static final int CALLS = 50_000;

  /** The last column: the shares in percent of the kinds that occur at all. */
  @ParameterizedTest
  @CsvSource({
    "NONE, '', ''",
    "NORMAL, '', reset=1 timeout=1 truncated=1 html=1 empty=1 upstream=1",
    "STORM, '', reset=10 timeout=10 truncated=10 html=10 empty=10 upstream=10",
    "NONE, --fault duplicated-keys=1%, duplicated-keys=1",
    "NONE, --fault duplicated-keys=100%, duplicated-keys=100",
    "NONE, --fault reset=2.5% --fault EMPTY=50%, reset=2.5 empty=50",
    "STORM, --fault reset=0% --fault html=5% --fault duplicated-keys=20%,"
        + " timeout=10 truncated=10 html=5 empty=10 upstream=10 duplicated-keys=20",
  })
  void areAsAskedFor(Faults faults, String options, String shares) {
    FaultPlan plan =
        new FaultPlan(new FaultShares(faults, QuirksOf.line(options).faultPercents()), 42);
    for (int call = 0; call < CALLS; call++) {
      plan.next();
    }
    Map<String, Double> expected =
        Stream.of(shares.split(" "))
            .filter(share -> !share.isEmpty())
            .map(share -> share.split("="))
            .collect(Collectors.toMap(share -> share[0], share -> Double.valueOf(share[1])));
    assertThat(plan.counts().keySet())
        .containsExactlyElementsOf(Arrays.stream(Fault.values()).map(Fault::label).toList());
    plan.counts()
        .forEach(
            (kind, count) -> {
              double percent = expected.getOrDefault(kind, 0.0);
              double leeway = percent % 100 == 0 ? 0 : 0.2 + percent / 20;
              assertThat(count * 100.0 / CALLS).as(kind).isCloseTo(percent, within(leeway));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, --fault reset=101%, 'the share of fault reset must be from 0% to 100%, not 101.0%'",
    "NONE, --fault reset=-1%, 'the share of fault reset must be from 0% to 100%, not -1.0%'",
    "NONE, --fault reset=NaN%, 'the share of fault reset must be from 0% to 100%, not NaN%'",
    "STORM, --fault duplicated-keys=41%,"
        + " 'the shares of all faults must be 100% at most, not 101.0%'",
  })
  void thatCannotBeAreRefused(Faults faults, String options, String message) {
    Map<Fault, Double> singly = QuirksOf.line(options).faultPercents();
    assertThatThrownBy(() -> new FaultShares(faults, singly)).hasMessage(message);
  }
}
