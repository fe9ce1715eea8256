package io.tuodui.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses are printed, logins are not. */
class SecretsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          jdbc:mysql://mysql.internal:3306/tuodui                | jdbc:mysql://mysql.internal:3306/tuodui
          jdbc:mysql://tuodui:hush@mysql.internal/tuodui         | jdbc:mysql://mysql.internal/tuodui
          jdbc:mysql://h/t?user=u&password=hush&useSSL=true      | jdbc:mysql://h/t?user=u&password=***&useSSL=true
          jdbc:mysql://h/t?trustCertificateKeyStorePassword=hush | jdbc:mysql://h/t?trustCertificateKeyStorePassword=***
          jdbc:mysql://(host=h,user=u,password=hush)/t           | jdbc:mysql://(host=h,user=u,password=***)/t
          redis://:hush@redis.internal:6379/0                    | redis://redis.internal:6379/0
          rediss://u:hu@sh@redis.internal                        | rediss://redis.internal
          mongodb://u:hush@a:27017,b:27017/tuodui?w=majority     | mongodb://a:27017,b:27017/tuodui?w=majority
          mongodb+srv://u:hush@mongo.internal                    | mongodb+srv://mongo.internal
          Driver does not accept 'jdbc:x://u:hush@h/t', sorry    | Driver does not accept 'jdbc:x://h/t', sorry
          Write to shop@example.com; see https://example.com/x   | Write to shop@example.com; see https://example.com/x
          """)
  void whatIsSecretIsLeftOut(String text, String printed) {
    assertThat(Secrets.masked(text)).isEqualTo(printed).doesNotContain("hush", "sh@");
  }
}
