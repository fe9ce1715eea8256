package io.tuodui.simulator;

import java.util.Set;

/**
 * The parts of {@code /openapi/{protocol}/{version}/{namespace}/{api}/{appKey}} (protocol section
 * 2); private APIs have {@code /api/} in front.
 *
 * @param urlPath what is signed: from the protocol to the app key
 * @param appKey empty if the path ends before it
 */
record AopPath(String urlPath, String namespace, String api, String appKey) {
  private static final Set<String> PROTOCOLS =
      Set.of("param2", "json2", "xml2", "param", "json", "xml", "http");

  /** {@code null} if the path is not of this form. */
  static AopPath parse(String path) {
    String[] parts = path.split("/", 8);
    boolean ours =
        (parts.length == 6 || parts.length == 7)
            && (parts[1].equals("openapi") || parts[1].equals("api"))
            && PROTOCOLS.contains(parts[2])
            && !parts[3].isEmpty()
            && parts[3].chars().allMatch(Character::isDigit)
            && !parts[4].isEmpty()
            && !parts[5].isEmpty();
    if (!ours) {
      return null;
    }
    String urlPath = path.substring(parts[1].length() + 2);
    return new AopPath(urlPath, parts[4], parts[5], parts.length == 7 ? parts[6] : "");
  }
}
