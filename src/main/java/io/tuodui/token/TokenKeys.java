package io.tuodui.token;

import io.tuodui.config.TuoduiProperties;
import io.tuodui.config.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The keys that seal the stored tokens: configured, read from a file, or, with the embedded MySQL,
 * made at the first start and kept in the data folder. No message here holds any part of a key.
 */
final class TokenKeys {
  private static final int BYTES = 32;
  private static final String MADE = "token-key";

  private TokenKeys() {}

  /**
   * The newest first.
   *
   * @param dataDir where a key is made when none is set
   * @param embedded whether MySQL is the embedded one
   * @throws UserError when there is no key, or one that is none
   */
  static List<byte[]> of(TuoduiProperties.Tokens settings, Path dataDir, boolean embedded) {
    String key = settings.key();
    String file = settings.keyFile();
    if (key != null && !key.isBlank()) {
      return parse(key, "tuodui.tokens.key");
    }
    if (file != null && !file.isBlank()) {
      return read(Path.of(file));
    }
    if (!embedded) {
      throw new UserError(
          "An account has a refresh-token, and there is no key to encrypt its tokens with in"
              + " MySQL.\nMake one with: openssl rand -base64 32\nand set it, the same on all nodes,"
              + " as tuodui.tokens.key, or name a file that holds it as tuodui.tokens.key-file.");
    }
    Path made = dataDir.resolve(MADE);
    if (!Files.exists(made)) {
      make(made);
    }
    return read(made);
  }

  private static List<byte[]> read(Path file) {
    try {
      return parse(Files.readString(file), "the file " + file.toAbsolutePath());
    } catch (IOException unreadable) {
      throw new UserError(
          "The key of the tokens cannot be read from "
              + file.toAbsolutePath()
              + ": put the file there and make it readable, or correct tuodui.tokens.key-file.",
          unreadable);
    }
  }

  /** Several keys stand on lines of their own or between commas. */
  private static List<byte[]> parse(String text, String where) {
    List<byte[]> keys = new ArrayList<>();
    for (String word : text.strip().split("[\\s,]+")) {
      keys.add(decode(word, where));
    }
    return keys;
  }

  private static byte[] decode(String word, String where) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(word);
    } catch (IllegalArgumentException noBase64) {
      key = new byte[0];
    }
    if (key.length != BYTES) {
      throw new UserError(
          "The key in "
              + where
              + " must be 32 bytes in base64, as this makes one: openssl rand -base64 32");
    }
    return key;
  }

  private static void make(Path file) {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    Path folder = file.toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder);
      // A temporary file can be read by nobody else (mode 600), and is moved as it is.
      Path whole = Files.createTempFile(folder, MADE, null);
      Files.writeString(whole, Base64.getEncoder().encodeToString(key) + "\n");
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      throw new UserError(
          "The key of the tokens cannot be written to "
              + file.toAbsolutePath()
              + ": make the folder writable, or set tuodui.tokens.key.",
          unwritable);
    }
  }
}
