package io.tuodui.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** The service behind the gateway: it answers a call that passed all checks, or fails it. */
final class Backend {
  private final FaultPlan faults;
  private final Statuses statuses;

  Backend(FaultPlan faults, Statuses statuses) {
    this.faults = faults;
    this.statuses = statuses;
  }

  /**
   * @param good the body of the answer when nothing fails
   * @param upstream how this dialect says that the service behind it failed; takes any number to
   *     choose among the ways
   */
  Answer answer(Supplier<byte[]> good, LongFunction<Answer> upstream) {
    Fault fault = faults.next();
    if (fault == null) {
      return Answer.json(200, good.get());
    }
    return switch (fault) {
      case RESET, TIMEOUT -> Answer.broken(fault);
      case TRUNCATED -> json(fault, cutOff(good.get()));
      case HTML -> page(faults.variation());
      case EMPTY -> json(fault, new byte[0]);
      case UPSTREAM -> upstream.apply(faults.variation());
      case DUPLICATED_KEYS -> json(fault, DuplicatedKeys.in(good.get(), faults.variation()));
    };
  }

  private Answer json(Fault fault, byte[] body) {
    return Answer.json(statuses.of(fault.label(), 200), body);
  }

  private byte[] cutOff(byte[] body) {
    return Arrays.copyOf(body, 1 + Dice.below(body.length - 1, faults.variation()));
  }

  private Answer page(long variation) {
    int status = statuses.of(Fault.HTML.label(), variation % 2 == 0 ? 403 : 503);
    String reason = HttpResponseStatus.valueOf(status).toString();
    String html =
        "<html>\n<head><title>%1$s</title></head>\n<body bgcolor=\"white\">\n"
            + "<h1>%1$s</h1>\n<hr/>Powered by Tengine</body>\n</html>\n";
    return Answer.html(status, html.formatted(reason).getBytes(UTF_8));
  }
}
