package io.tuodui.simulator;

/** The gateway's errors: a status, and the three-field body of protocol section 4.1. */
final class AopErrors {
  private static final IspFailure[] ISP_FAILURES = IspFailure.values();

  private final Statuses statuses;

  AopErrors(Statuses statuses) {
    this.statuses = statuses;
  }

  /**
   * @param argument the parameter that is missing or wrong, if that is the reason
   */
  Answer refusal(Refusal refusal, String argument) {
    return error(
        statuses.of(refusal.code, refusal.status),
        refusal.code,
        refusal.message.formatted(argument));
  }

  /**
   * @param variation any number, to choose among the ways
   */
  Answer upstream(long variation) {
    IspFailure failure = ISP_FAILURES[Dice.below(ISP_FAILURES.length, variation)];
    return error(statuses.of(failure.code, failure.status), failure.code, failure.message);
  }

  /** The fields stand in the order seen on the wire. */
  static Answer error(int status, String code, String message) {
    byte[] body =
        Utf8Json.start()
            .object()
            .field("error_message", message)
            .field("exception", message)
            .field("error_code", code)
            .endObject()
            .toBytes();
    return Answer.json(status, body);
  }
}
