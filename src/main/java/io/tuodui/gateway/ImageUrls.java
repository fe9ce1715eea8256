package io.tuodui.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Makes image addresses absolute and those of the original size (protocol section 6). */
final class ImageUrls {

  private static final String HOST = "https://cbu01.alicdn.com/";

  /** The size that the platform puts before the extension, as in {@code x.220x220xz.jpg}. */
  private static final Pattern SIZE =
      Pattern.compile("(?:\\.(?:\\d{1,5}x\\d{1,5}(?:xz)?|search|summ))+(?=\\.[A-Za-z]{3,4}$)");

  private ImageUrls() {}

  /** The original's absolute address, or {@code null} when the field holds none. */
  static String of(JsonNode field) {
    String text = field.isTextual() ? Fields.text(field) : null;
    String url = text == null ? null : absolute(text);
    if (url == null) {
      return null;
    }
    int cacheBuster = url.indexOf("?_=");
    return original(cacheBuster < 0 ? url : url.substring(0, cacheBuster));
  }

  private static String original(String url) {
    int extension = url.lastIndexOf('.');
    // A second dot in the file's name is rare, and looking for it costs less than the pattern
    boolean mayHaveSize = url.lastIndexOf('.', extension - 1) > url.lastIndexOf('/');
    return mayHaveSize ? SIZE.matcher(url).replaceFirst("") : url;
  }

  /** All addresses of a list, in its order, each once. */
  static List<String> all(JsonNode list) {
    List<String> urls = new ArrayList<>(list.size());
    for (JsonNode field : list) {
      String url = of(field);
      if (url != null && !urls.contains(url)) {
        urls.add(url);
      }
    }
    return urls;
  }

  private static String absolute(String text) {
    if (text.startsWith("https://") || text.startsWith("http://")) {
      return text;
    }
    if (text.startsWith("//")) {
      return "https:" + text;
    }
    // data:, javascript: and the like are no addresses to collect
    int colon = text.indexOf(':');
    if (colon >= 0 && text.lastIndexOf('/', colon) < 0) {
      return null;
    }
    return HOST + (text.startsWith("/") ? text.substring(1) : text);
  }
}
