package io.tuodui.account;

import java.util.List;
import java.util.Map;
import net.jqwik.api.state.Transformer;

/**
 * Something that is done with permits; its text form is what a counterexample shows. Times are in
 * ms.
 */
sealed interface PermitStep extends Transformer<PermitsUnderTest> {

  void on(PermitsUnderTest permits);

  @Override
  default PermitsUnderTest apply(PermitsUnderTest permits) {
    on(permits);
    return permits;
  }

  @Override
  default String transformation() {
    return toString();
  }

  record Configure(Map<String, Limits> limits) implements PermitStep {
    @Override
    public void on(PermitsUnderTest permits) {
      permits.configure(limits);
    }
  }

  record Reserve(String api, int permitsWanted, int guard, long horizon) implements PermitStep {
    @Override
    public void on(PermitsUnderTest permits) {
      permits.reserve(api, permitsWanted, guard, horizon);
    }
  }

  record HandBack(String account, int whichCall) implements PermitStep {
    @Override
    public void on(PermitsUnderTest permits) {
      permits.handBack(account, whichCall);
    }
  }

  record Rest(String account, long time) implements PermitStep {
    @Override
    public void on(PermitsUnderTest permits) {
      permits.rest(account, time);
    }
  }

  record RestUntilDayReset(String account) implements PermitStep {
    @Override
    public void on(PermitsUnderTest permits) {
      permits.restUntilDayReset(account);
    }
  }

  record Slow(String account) implements PermitStep {
    @Override
    public void on(PermitsUnderTest permits) {
      permits.slow(account);
    }
  }

  record Forbid(String account, String api) implements PermitStep {
    @Override
    public void on(PermitsUnderTest permits) {
      permits.forbid(account, api);
    }
  }

  record Suspend(String account) implements PermitStep {
    @Override
    public void on(PermitsUnderTest permits) {
      permits.suspend(account);
    }
  }

  record Resume(String account) implements PermitStep {
    @Override
    public void on(PermitsUnderTest permits) {
      permits.resume(account);
    }
  }

  record LetPass(long time) implements PermitStep {
    @Override
    public void on(PermitsUnderTest permits) {
      permits.letPass(time);
    }
  }

  record Lose(List<String> keys) implements PermitStep {
    @Override
    public void on(PermitsUnderTest permits) {
      permits.lose(keys);
    }
  }

  record LoseAll() implements PermitStep {
    @Override
    public void on(PermitsUnderTest permits) {
      permits.loseAll();
    }
  }
}
