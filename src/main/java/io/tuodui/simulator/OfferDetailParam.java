package io.tuodui.simulator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads the JSON parameter of {@code product.search.queryProductDetail} without a tree. */
final class OfferDetailParam {
  private static final JsonFactory FACTORY = new JsonFactory();

  private OfferDetailParam() {}

  static ItemRequest read(String json) {
    if (json == null) {
      return ItemRequest.missing("offerDetailParam");
    }
    String offerId = null;
    String country = null;
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return ItemRequest.invalid("offerDetailParam");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value.isStructStart()) {
          parser.skipChildren();
        } else if (name.equals("offerId")) {
          offerId = parser.getValueAsString();
        } else if (name.equals("country")) {
          country = parser.getValueAsString();
        }
      }
    } catch (IOException notJson) {
      return ItemRequest.invalid("offerDetailParam");
    }
    return country == null ? ItemRequest.missing("country") : ItemRequest.parse("offerId", offerId);
  }
}
