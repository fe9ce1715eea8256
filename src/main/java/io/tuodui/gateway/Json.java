package io.tuodui.gateway;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The one JSON reader of the gateway. */
final class Json {

  /**
   * Reads decimals as {@code BigDecimal} with the digits that were sent, so that money is never a
   * {@code double}; refuses a body that goes on after its JSON value, which two replies mixed up on
   * one connection would do; and one in which a key occurs twice, because nobody can know which of
   * the two is meant (RFC 8259 section 4), and a price must not be a guess.
   */
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Json() {}
}
