package io.tuodui.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Map;

/** Writes parameters as a query or as a form body, in UTF-8, each encoded once. */
final class FormEncoding {

  private FormEncoding() {}

  /**
   * {@code key=value&…} in the order of the map. A space becomes {@code %20}, which every server
   * reads alike in a query and in a form, where {@code +} is only read so in a form.
   */
  static String encode(Map<String, String> parameters) {
    StringBuilder encoded = new StringBuilder(256);
    parameters.forEach(
        (key, value) -> {
          if (!encoded.isEmpty()) {
            encoded.append('&');
          }
          encoded.append(encode(key)).append('=').append(encode(value));
        });
    return encoded.toString();
  }

  private static String encode(String text) {
    String encoded = URLEncoder.encode(text, UTF_8);
    return encoded.indexOf('+') < 0 ? encoded : encoded.replace("+", "%20");
  }
}
