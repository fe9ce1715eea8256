package io.tuodui.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stores' addresses, as a node says them at its start. */
class WhereToLookTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          jdbc:mysql://h:3306/tuodui,                           jdbc:mysql://h:3306/tuodui
          jdbc:mysql://h/tuodui?user=u&password=hush,           jdbc:mysql://h/tuodui
          jdbc:mysql://u:hu@sh@h/tuodui?useSSL=true,            jdbc:mysql://h/tuodui
          mongodb://u:hush@h:27017/tuodui?authSource=admin,     mongodb://h:27017/tuodui
          """)
  void isWithoutLoginsAndOptions(String url, String printed) {
    assertThat(WhereToLook.address(url)).isEqualTo(printed);
  }
}
