package io.tuodui.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors of the protocol file, section 0 and 1: published ones and computed ones. */
class SignaturesTest {

  /**
   * @param expected the signature to come out, or {@code null}
   * @param other a signature that must not come out, or {@code null}
   */
  record Vector(
      String name,
      String scheme,
      String secret,
      String path,
      Map<String, String> parameters,
      String expected,
      String other) {}

  static List<Vector> vectors() {
    return TestData.cases("signatures.json", Vector.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void signs(Vector vector) {
    String signature = sign(vector);

    if (vector.expected() != null) {
      assertThat(signature).isEqualTo(vector.expected());
    }
    assertThat(signature).isNotEqualTo(vector.other());
  }

  private static String sign(Vector vector) {
    return switch (vector.scheme()) {
      case "aop" -> Signatures.aop(vector.path(), vector.parameters(), vector.secret());
      case "item-get" -> Signatures.itemGet(vector.parameters(), vector.secret());
      case "top-md5" -> Signatures.topMd5(vector.parameters(), vector.secret());
      case "top-hmac" -> Signatures.topHmac(vector.parameters(), vector.secret());
      case "top-hmac-sha256" -> Signatures.topHmacSha256(vector.parameters(), vector.secret());
      default -> throw new IllegalArgumentException("No scheme " + vector.scheme());
    };
  }
}
