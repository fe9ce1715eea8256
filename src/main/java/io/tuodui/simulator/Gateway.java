package io.tuodui.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.util.function.Supplier;

/** Gives each path to what serves it. Knows nothing of HTTP or threads, and is safe for many. */
final class Gateway {
  private static final byte[] HELP =
      """
      This is Tuodui's simulator of the 1688 Open Platform. It serves
        /openapi/param2/1/{namespace}/{api}/{appKey}   the platform's own protocol
        /openapi/param2/1/alibaba.item.get/2.0         the item-get dialect
        /stats                                         what it saw, as JSON
        /limits?per-second=N                           from now on, every account's limit
      """
          .getBytes(UTF_8);

  private final SimulatedAopDialect aop;
  private final TokenApi tokens;
  private final SimulatedItemGetDialect itemGet;
  private final Supplier<SimulatorStats> stats;
  private final Registry registry;

  Gateway(
      Registry registry,
      FaultPlan faults,
      Clock clock,
      Quirks quirks,
      Supplier<SimulatorStats> stats) {
    Backend backend = new Backend(faults, quirks.statuses());
    AopErrors errors = new AopErrors(quirks.statuses());
    aop = new SimulatedAopDialect(registry, backend, errors, clock);
    tokens = new TokenApi(registry, errors, quirks);
    itemGet = new SimulatedItemGetDialect(registry, backend, quirks.itemGetHttpErrors(), clock);
    this.stats = stats;
    this.registry = registry;
  }

  Answer answer(Call call) {
    if (call.path().equals(SimulatedItemGetDialect.PATH)) {
      return itemGet.answer(call);
    }
    AopPath path = AopPath.parse(call.path());
    if (path != null) {
      return TokenApi.serves(path) ? tokens.answer(call, path) : aop.answer(call, path);
    }
    return switch (call.path()) {
      case "/stats" -> Answer.promptJson(stats.get().toJson());
      case "/limits" -> limits(call.parameter("per-second"));
      default -> Answer.promptText(404, HELP);
    };
  }

  /** The platform changes its mind while it runs. */
  private Answer limits(String perSecond) {
    if (perSecond == null || !perSecond.matches("\\d{1,9}")) {
      return Answer.promptText(400, "per-second must be a number; 0: no limit\n".getBytes(UTF_8));
    }
    registry.perSecond(Integer.parseInt(perSecond));
    return Answer.promptJson(stats.get().toJson());
  }
}
