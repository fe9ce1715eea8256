package io.tuodui.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCipherTest {
  private static final byte[] OLD = key(1);
  private static final byte[] NEW = key(2);
  private static final String TOKEN = "令牌-3f0c";

  private final TokenCipher cipher = new TokenCipher(List.of(OLD));

  private static byte[] key(int filling) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) filling);
    return key;
  }

  @Test
  void opensWhatItSealed() throws UnreadableToken {
    assertThat(cipher.open(cipher.seal(TOKEN, "a"), "a")).isEqualTo(TOKEN);
  }

  @Test
  void twoSealsOfOneTextHaveNothingInCommonButTheKeysName() {
    String[] one = cipher.seal(TOKEN, "a").split("\\.");
    String[] other = cipher.seal(TOKEN, "a").split("\\.");
    assertThat(one[1]).isEqualTo(other[1]).hasSize(8);
    assertThat(one[2].substring(0, 16)).isNotEqualTo(other[2].substring(0, 16));
  }

  @Test
  void aSealOpensForItsOwnerOnly() {
    String sealed = cipher.seal(TOKEN, "access_token of shop-1");
    assertThatThrownBy(() -> cipher.open(sealed, "access_token of shop-2"))
        .isInstanceOf(UnreadableToken.class)
        .hasMessageContaining("changed");
  }

  @Test
  void anotherKeyIsNamedAndNotShown() {
    String sealed = cipher.seal(TOKEN, "a");
    assertThatThrownBy(() -> new TokenCipher(List.of(NEW)).open(sealed, "a"))
        .isInstanceOf(UnreadableToken.class)
        .hasMessageContaining("encrypted with the key " + sealed.split("\\.")[1])
        .hasMessageNotContaining(Base64.getEncoder().encodeToString(NEW));
  }

  @Test
  void anOlderKeyStillOpensAndTheNewestSeals() throws UnreadableToken {
    TokenCipher both = new TokenCipher(List.of(NEW, OLD));
    String before = cipher.seal(TOKEN, "a");
    String after = both.seal(TOKEN, "a");
    assertThat(both.open(before, "a")).isEqualTo(TOKEN);
    assertThat(both.isSealedWithNewest(before)).isFalse();
    assertThat(both.isSealedWithNewest(after)).isTrue();
    assertThat(new TokenCipher(List.of(NEW)).open(after, "a")).isEqualTo(TOKEN);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 11, 12, 20, -1})
  void whatWasChangedDoesNotOpen(int at) {
    String[] parts = cipher.seal(TOKEN, "a").split("\\.");
    byte[] bytes = Base64.getDecoder().decode(parts[2]);
    bytes[Math.floorMod(at, bytes.length)] ^= 1;
    String changed = parts[0] + "." + parts[1] + "." + Base64.getEncoder().encodeToString(bytes);
    assertThatThrownBy(() -> cipher.open(changed, "a")).isInstanceOf(UnreadableToken.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "2.00000000.AAAA", "1.%s.", "1.%s.AAAA", "1.%s.no base64"})
  void whatIsNoSealDoesNotOpen(String text) {
    String keyId = cipher.seal("", "a").split("\\.")[1];
    assertThatThrownBy(() -> cipher.open(text.formatted(keyId), "a"))
        .isInstanceOf(UnreadableToken.class);
  }
}
