package io.tuodui.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;

/** One JSON object, number or string a line; a line that does not look like JSON is plain text. */
final class JsonEntries implements Entries {

  /** In the order in which they are looked for. */
  private static final List<String> KEYS =
      List.of("item_id", "offer_id", "offerId", "itemId", "id");

  private final Lines lines;
  private final JsonFactory factory = new JsonFactory();

  JsonEntries(Lines lines) {
    this.lines = lines;
  }

  @Override
  public Entry next() throws IOException {
    for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
      String text = line.text().strip();
      if (IdText.trim(text).isEmpty() || text.startsWith("#")) {
        continue;
      }
      return line.cut()
          ? new Entry(line.number(), text, Problem.TOO_LONG)
          : entry(line.number(), text);
    }
    return null;
  }

  private Entry entry(long line, String text) throws IOException {
    char start = text.charAt(0);
    if (start != '{' && start != '[' && start != '"') {
      return new Entry(line, IdText.trim(text));
    }
    String id;
    // Of the comma that ends a line of a JSON array, no parser of single values knows
    String value = text.endsWith(",") ? text.substring(0, text.length() - 1) : text;
    try (JsonParser json = factory.createParser(value)) {
      id = id(json);
      if (json.nextToken() != null) {
        return new Entry(line, text, Problem.SEVERAL);
      }
    } catch (JsonProcessingException e) {
      return new Entry(line, text, Problem.BROKEN_JSON);
    }
    return id.isEmpty() ? new Entry(line, text, Problem.NO_ID_IN_OBJECT) : new Entry(line, id);
  }

  private static String id(JsonParser json) throws IOException {
    JsonToken start = json.nextToken();
    if (start == JsonToken.VALUE_STRING) {
      return IdText.trim(json.getText());
    }
    if (start == JsonToken.START_OBJECT) {
      return idOfObject(json);
    }
    json.skipChildren();
    return "";
  }

  private static String idOfObject(JsonParser json) throws IOException {
    String id = "";
    int rank = KEYS.size();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      int keyRank = KEYS.indexOf(json.currentName());
      JsonToken value = json.nextToken();
      if (keyRank >= 0
          && keyRank < rank
          && (value.isNumeric() || value == JsonToken.VALUE_STRING)) {
        rank = keyRank;
        id = IdText.trim(json.getText());
      }
      json.skipChildren();
    }
    return id;
  }
}
