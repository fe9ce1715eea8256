package io.tuodui.collect;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tuodui.gateway.ReplyClass;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Turns what went wrong on the way to a reply into the task's outcome. As a processor, it is asked
 * before each redelivery, to count the try that got no reply.
 */
@Component
public final class FailedCalls implements Processor {
  private static final Duration BREAKER_PAUSE = Duration.ofSeconds(5);

  /**
   * A task waits no longer for an account, even if none is free for hours: it is not claimed before
   * one is, and that may be sooner than it looks, such as when a person adds one.
   */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final MeterRegistry meters;
  private final GatewaySilence silence;
  private final CallPermits permits;
  private final Counter lapsed;

  FailedCalls(MeterRegistry meters, GatewaySilence silence, CallPermits permits) {
    this.meters = meters;
    this.silence = silence;
    this.permits = permits;
    this.lapsed =
        Counter.builder("tuodui.permit.lapsed")
            .description("Permits of calls that came to the wire too late to leave")
            .register(meters);
  }

  @Override
  public void process(Exchange exchange) {
    unanswered(exchange.getProperty(Call.PROPERTY, Call.class));
  }

  /** Without a connection, such as to a name that is not known, it has not even left. */
  private void unanswered(Call call) {
    if (call.hasLeft()) {
      meters.timer("tuodui.call", "class", "network").record(call.took());
    } else {
      permits.handBack(call);
    }
  }

  /** No reply, after the last try. */
  public Outcome network(
      @ExchangeProperty(Call.PROPERTY) Call call, @ExchangeException Exception cause) {
    unanswered(call);
    silence.lasts(cause);
    return call.outcome(
        ReplyClass.NETWORK, cause.getClass().getSimpleName(), cause.getMessage(), null, null);
  }

  /** Nodes died of it: no call is made. */
  public Outcome poison(
      @ExchangeProperty(Call.PROPERTY) Call call, @ExchangeException PoisonTask poison) {
    return call.outcome(ReplyClass.POISON, null, poison.getMessage(), null, null);
  }

  /** The platform's own failure. */
  public Outcome upstream(
      @ExchangeProperty(Call.PROPERTY) Call call, @ExchangeException UpstreamFailure failure) {
    return call.outcome(failure.verdict());
  }

  /** No account is free soon enough: the call is not made. */
  public Outcome notPermitted(
      @ExchangeProperty(Call.PROPERTY) Call call, @ExchangeException NoPermit refusal) {
    Duration wait = refusal.getWait();
    return call.heldBack(
        refusal.getMessage(), wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
  }

  /** Its permit is too old: the call is not made, and may have another permit at once. */
  public Outcome tooLate(@ExchangeProperty(Call.PROPERTY) Call call) {
    lapsed.increment();
    return call.heldBack(PermitLapsed.WHY, Duration.ZERO);
  }

  /** The circuit breaker is open: the call is not made. */
  public Outcome breakerOpen(@ExchangeProperty(Call.PROPERTY) Call call) {
    return call.heldBack("The gateway is failing; calls are held back", BREAKER_PAUSE);
  }

  /** Redis, which gives the permits, is away, or the node is stopping: the call is not made. */
  public Outcome notMade(
      @ExchangeProperty(Call.PROPERTY) Call call, @ExchangeException Exception cause) {
    permits.handBack(call);
    return call.heldBack(cause.getMessage(), Duration.ofSeconds(1));
  }
}
