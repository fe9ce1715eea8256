package io.tuodui.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature schemes of the platforms, from their documents. Parameters are raw values, before
 * any URL encoding, and without the signature itself. No dialect speaks TOP's or JD's: they are
 * here because every vector of the platforms' documents is a test, and theirs, which are published,
 * vouch for the order in which {@code item-get} signs too.
 */
public final class Signatures {
  private static final HexFormat UPPER_HEX = HexFormat.of().withUpperCase();

  private Signatures() {}

  /**
   * 1688's {@code _aop_signature}: HMAC-SHA1 over the path and the sorted {@code key+value}
   * strings. What is sorted is the joined string, as in the platform's own SDKs, not the key.
   *
   * @param urlPath from the protocol on: {@code param2/1/namespace/api/appKey}
   */
  public static String aop(String urlPath, Map<String, String> parameters, String secret) {
    String joined =
        parameters.entrySet().stream()
            .map(parameter -> parameter.getKey() + parameter.getValue())
            .sorted()
            .collect(Collectors.joining());
    return UPPER_HEX.formatHex(hmac("HmacSHA1", secret, urlPath + joined));
  }

  /** The {@code sign} of the {@code item-get} dialect: HMAC-SHA1, Base64, the secret appended. */
  public static String itemGet(Map<String, String> parameters, String secret) {
    return Base64.getEncoder()
        .encodeToString(hmac("HmacSHA1", secret, sortedByKey(parameters) + secret));
  }

  /** Taobao TOP's {@code sign} with {@code sign_method=md5}; JD's {@code sign} is the same. */
  public static String topMd5(Map<String, String> parameters, String secret) {
    return UPPER_HEX.formatHex(md5(secret + sortedByKey(parameters) + secret));
  }

  /** Taobao TOP's {@code sign} with {@code sign_method=hmac}. */
  public static String topHmac(Map<String, String> parameters, String secret) {
    return UPPER_HEX.formatHex(hmac("HmacMD5", secret, sortedByKey(parameters)));
  }

  /** Taobao TOP's {@code sign} with {@code sign_method=hmac-sha256}. */
  public static String topHmacSha256(Map<String, String> parameters, String secret) {
    return UPPER_HEX.formatHex(hmac("HmacSHA256", secret, sortedByKey(parameters)));
  }

  private static String sortedByKey(Map<String, String> parameters) {
    StringBuilder joined = new StringBuilder();
    new TreeMap<>(parameters).forEach((key, value) -> joined.append(key).append(value));
    return joined.toString();
  }

  private static byte[] hmac(String algorithm, String secret, String text) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), algorithm));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("This Java has no " + algorithm, missing);
    }
  }

  private static byte[] md5(String text) {
    try {
      return MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("This Java has no MD5", missing);
    }
  }
}
