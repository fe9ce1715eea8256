package io.tuodui.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tuodui.config.TuoduiProperties;
import io.tuodui.config.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenKeysTest {
  private static final byte[] ONE = {
    1, 32, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
    13, 14, 15, 16
  };
  private static final byte[] OTHER = new byte[32];

  @TempDir private Path dataDir;

  private static String text(byte[] key) {
    return Base64.getEncoder().encodeToString(key);
  }

  private List<byte[]> keys(String key, String file, boolean embedded) {
    return TokenKeys.of(
        new TuoduiProperties.Tokens(Duration.ofHours(1), key, file), dataDir, embedded);
  }

  @Test
  void theConfiguredKeyIsUsed() {
    assertThat(keys(text(ONE), "", false)).containsExactly(ONE);
  }

  @Test
  void severalKeysStandBetweenCommasOrOnLines() throws IOException {
    assertThat(keys(text(OTHER) + ", " + text(ONE), null, true)).containsExactly(OTHER, ONE);
    Path file = dataDir.resolve("secret");
    Files.writeString(file, text(ONE) + "\n" + text(OTHER) + "\n");
    assertThat(keys("", file.toString(), false)).containsExactly(ONE, OTHER);
  }

  @Test
  void theEmbeddedMysqlHasAKeyOfItsOwnThatStays() throws IOException {
    List<byte[]> made = keys("", "", true);
    assertThat(keys(null, null, true)).containsExactlyElementsOf(made);
    assertThat(made.get(0)).hasSize(32).isNotEqualTo(OTHER);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(dataDir.resolve("token-key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aMysqlOfYourOwnNeedsAKey() {
    assertThatThrownBy(() -> keys("", "", false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("tuodui.tokens.key")
        .hasMessageContaining("openssl rand -base64 32");
    assertThat(dataDir).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"c2hvcnQ=", "no base64!", "${TOKEN_KEY}"})
  void whatIsNoKeyIsNotRepeated(String key) {
    assertThatThrownBy(() -> keys(key, "", true))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("tuodui.tokens.key must be 32 bytes in base64")
        .hasMessageNotContaining(key);
  }

  @Test
  void aFileThatIsMissingOrEmptyIsNamed() throws IOException {
    Path file = dataDir.resolve("secret");
    assertThatThrownBy(() -> keys("", file.toString(), true))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file.toString());
    Files.createFile(file);
    assertThatThrownBy(() -> keys("", file.toString(), true))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file.toString());
  }
}
