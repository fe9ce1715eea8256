package io.tuodui.operation;

import io.tuodui.config.TuoduiProperties;
import io.tuodui.config.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * The administrator's password: the configured one, or one made at the first start. Of that, only a
 * hash is kept.
 */
final class AdminPassword {
  private static final PasswordEncoder ENCODER =
      PasswordEncoderFactories.createDelegatingPasswordEncoder();

  private AdminPassword() {}

  static String encoded(TuoduiProperties properties) {
    String configured = properties.admin().password();
    if (configured != null && !configured.isBlank()) {
      return ENCODER.encode(configured);
    }
    Path file = properties.dataDir().resolve("admin-password");
    try {
      if (Files.exists(file)) {
        return Files.readString(file).strip();
      }
      byte[] random = new byte[12];
      new SecureRandom().nextBytes(random);
      String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
      String encoded = ENCODER.encode(password);
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, encoded);
      // Said once, to whoever started this, and not by the logger: it stands in no file of ours.
      // What keeps standard error keeps it too, as a container's log does.
      System.err.printf(
          "The login for Hawtio and the actuator is %s with the password %s (made just now; set"
              + " tuodui.admin.password to choose one, or delete %s to have another).%n",
          properties.admin().user(), password, file);
      return encoded;
    } catch (IOException unwritable) {
      throw new UserError(
          "The file "
              + file.toAbsolutePath()
              + " cannot be read or written: make the folder writable, or set"
              + " tuodui.admin.password.",
          unwritable);
    }
  }
}
