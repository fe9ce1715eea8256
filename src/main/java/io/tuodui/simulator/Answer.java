package io.tuodui.simulator;

/**
 * What comes back for a call.
 *
 * @param fault {@link Fault#RESET} or {@link Fault#TIMEOUT} if nothing comes back; else {@code
 *     null}
 * @param prompt whether it is the simulator itself that answers, without the platform's latency
 */
record Answer(int status, String contentType, byte[] body, Fault fault, boolean prompt) {
  private static final String JSON = "application/json;charset=UTF-8";
  private static final byte[] NOTHING = {};

  static Answer json(int status, byte[] body) {
    return new Answer(status, JSON, body, null, false);
  }

  static Answer html(int status, byte[] body) {
    return new Answer(status, "text/html;charset=UTF-8", body, null, false);
  }

  static Answer broken(Fault fault) {
    return new Answer(0, JSON, NOTHING, fault, false);
  }

  static Answer promptJson(byte[] body) {
    return new Answer(200, JSON, body, null, true);
  }

  static Answer promptText(int status, byte[] body) {
    return new Answer(status, "text/plain;charset=UTF-8", body, null, true);
  }
}
