package io.tuodui.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals texts with AES-256-GCM. What is sealed reads {@code 1.<key id>.<base64 of nonce and
 * ciphertext>}; the id says which key opens it, so that keys can be replaced one after the other. A
 * seal is bound to what it belongs to, and opens for nothing else.
 */
final class TokenCipher {
  private static final String VERSION = "1";
  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int ID_BYTES = 4;

  private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
  private final String newest;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param keys of 32 bytes each; the first one seals, all of them open
   */
  TokenCipher(List<byte[]> keys) {
    keys.forEach(key -> this.keys.put(id(key), new SecretKeySpec(key, "AES")));
    newest = id(keys.get(0));
  }

  /** Names a key and tells nothing of it. */
  private static String id(byte[] key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("tuodui token key".getBytes(UTF_8));
      return HexFormat.of().formatHex(digest.digest(key), 0, ID_BYTES);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /**
   * @param owner what the text belongs to
   */
  String seal(String text, String owner) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, keys.get(newest), nonce, owner).doFinal(text.getBytes(UTF_8));
      byte[] both =
          ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
      return VERSION + "." + newest + "." + Base64.getEncoder().encodeToString(both);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("This JVM cannot encrypt", impossible);
    }
  }

  /**
   * @param owner as when it was sealed
   * @throws UnreadableToken when no key opens it
   */
  String open(String sealed, String owner) throws UnreadableToken {
    String[] parts = sealed.split("\\.", 3);
    if (parts.length != 3 || !parts[0].equals(VERSION)) {
      throw new UnreadableToken(owner, "written by another version of Tuodui");
    }
    SecretKeySpec key = keys.get(parts[1]);
    if (key == null) {
      throw new UnreadableToken(
          owner, "encrypted with the key " + parts[1] + ", and the keys here are " + keys.keySet());
    }
    try {
      byte[] both = Base64.getDecoder().decode(parts[2]);
      byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
      return new String(
          cipher(Cipher.DECRYPT_MODE, key, nonce, owner)
              .doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES),
          UTF_8);
    } catch (GeneralSecurityException | RuntimeException changed) {
      throw new UnreadableToken(owner, "changed since it was written");
    }
  }

  boolean isSealedWithNewest(String sealed) {
    return sealed.startsWith(VERSION + "." + newest + ".");
  }

  private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String owner)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(owner.getBytes(UTF_8));
    return cipher;
  }
}
