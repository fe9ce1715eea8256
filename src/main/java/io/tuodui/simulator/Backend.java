package io.tuodui.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** The service behind the gateway: it answers a call that passed all checks, or fails it. */
final class Backend {
  private final FaultPlan faults;

  Backend(FaultPlan faults) {
    this.faults = faults;
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
      case TRUNCATED -> Answer.json(200, cutOff(good.get()));
      case HTML -> page(faults.variation());
      case EMPTY -> Answer.json(200, new byte[0]);
      case UPSTREAM -> upstream.apply(faults.variation());
    };
  }

  private byte[] cutOff(byte[] body) {
    return Arrays.copyOf(body, 1 + Dice.below(body.length - 1, faults.variation()));
  }

  private static Answer page(long variation) {
    int status = variation % 2 == 0 ? 403 : 503;
    String reason = status == 403 ? "403 Forbidden" : "503 Service Temporarily Unavailable";
    String html =
        "<html>\n<head><title>%1$s</title></head>\n<body bgcolor=\"white\">\n"
            + "<h1>%1$s</h1>\n<hr/>Powered by Tengine</body>\n</html>\n";
    return Answer.html(status, html.formatted(reason).getBytes(UTF_8));
  }
}
