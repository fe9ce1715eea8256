package io.tuodui.simulator;

/** One way in which the simulated platform fails a call (protocol section 7.7). */
public enum Fault {
  /** The connection is reset (RST) instead of an answer. */
  RESET("reset"),
  /** No answer for 20 s, then the connection is closed. */
  TIMEOUT("timeout"),
  /** A good answer cut off in the middle; its Content-Length is that of what is left. */
  TRUNCATED("truncated"),
  /** A web page from the edge, HTTP 403 or 503, where JSON is expected. */
  HTML("html"),
  /** HTTP 200 without a body. */
  EMPTY("empty"),
  /** The gateway is up, the service behind it is not: {@code gw.ISP*}, or {@code isp.*}. */
  UPSTREAM("upstream"),
  /** A good answer in which one key occurs twice, once with {@code null}. */
  DUPLICATED_KEYS("duplicated-keys");

  private final String label;

  Fault(String label) {
    this.label = label;
  }

  /** Its name in {@code /stats} and on the command line. */
  public String label() {
    return label;
  }

  /** Whether it is among those that {@link Faults} names; the others are asked for singly. */
  boolean inStorms() {
    return this != DUPLICATED_KEYS;
  }
}
