package io.tuodui.simulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** The options of {@code tuodui simulator} for what is not known of the platform. */
final class QuirkOptions {
  @Option(
      names = "--per-api-second",
      paramLabel = "N",
      defaultValue = "0",
      description = "Calls of one API that an account may make in any one second; 0: no limit.")
  private int perApiSecond;

  @Option(
      names = "--throttle",
      paramLabel = "HOW-LONG",
      defaultValue = "second",
      description =
          "How long an account is refused once it was too fast: second, or day (until 00:00"
              + " GMT+8).")
  private Quirks.Throttle throttle;

  @Option(
      names = "--clock-skew",
      paramLabel = "MS",
      defaultValue = "0",
      description = "How far its clock is ahead of this machine's, in ms; behind if negative.")
  private long clockSkewMillis;

  @Option(
      names = "--arrival-jitter",
      paramLabel = "MS",
      defaultValue = "0",
      description =
          "The network's part: calls arrive later than they were sent by up to twice this, in ms.")
  private long arrivalJitterMillis;

  @Option(
      names = "--refresh-token",
      paramLabel = "WHEN",
      defaultValue = "alternating",
      description =
          "When a refresh gives a refresh token too: alternating (every other time), always, never,"
              + " or rotating (always, and the former is worthless).")
  private Quirks.RefreshToken refreshToken;

  @Option(
      names = "--token-life",
      paramLabel = "SECONDS",
      defaultValue = "36000",
      description = "How long an access token is valid, in seconds.")
  private long tokenLifeSeconds;

  @Option(
      names = "--refresh-token-life",
      paramLabel = "SECONDS",
      defaultValue = "15552000",
      description = "How long a refresh token is valid, in seconds.")
  private long refreshTokenLifeSeconds;

  @Option(
      names = "--item-get-http-errors",
      description =
          "In the item-get dialect, refuse with HTTP 403 and fail with HTTP 500 instead of 200.")
  private boolean itemGetHttpErrors;

  @Option(
      names = "--status",
      showDefaultValue = Visibility.NEVER,
      paramLabel = "NAME=HTTP",
      description =
          "HTTP status of a gateway's error code, such as gw.ISPInvokeError=500, or of a fault,"
              + " such as html=503; may be given several times.")
  private Map<String, Integer> statuses = Map.of();

  @Option(
      names = "--fault",
      showDefaultValue = Visibility.NEVER,
      paramLabel = "KIND=SHARE",
      description =
          "Share of calls that fail in one way, such as duplicated-keys=1%%, in place of what"
              + " --faults says; may be given several times.")
  private Map<String, String> faults = Map.of();

  /**
   * @throws IllegalArgumentException if a value is none; the message says which would be
   */
  Quirks quirks() {
    Map<Fault, Double> percents = new LinkedHashMap<>();
    faults.forEach((kind, share) -> percents.put(fault(kind), percent(kind, share)));
    return new Quirks(
        perApiSecond,
        throttle,
        Duration.ofMillis(clockSkewMillis),
        Duration.ofMillis(arrivalJitterMillis),
        refreshToken,
        Duration.ofSeconds(tokenLifeSeconds),
        Duration.ofSeconds(refreshTokenLifeSeconds),
        itemGetHttpErrors,
        new Statuses(statuses),
        percents);
  }

  private static Fault fault(String kind) {
    return Arrays.stream(Fault.values())
        .filter(fault -> fault.label().equalsIgnoreCase(kind))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--fault must name one of "
                        + Arrays.stream(Fault.values())
                            .map(Fault::label)
                            .collect(Collectors.joining(", "))
                        + ", not '"
                        + kind
                        + "'"));
  }

  private static double percent(String kind, String share) {
    try {
      return Double.parseDouble(share.endsWith("%") ? share.substring(0, share.length() - 1) : "");
    } catch (NumberFormatException wrong) {
      throw new IllegalArgumentException(
          "the share of fault %s must be a percentage such as 1%%, not '%s'"
              .formatted(kind, share));
    }
  }
}
