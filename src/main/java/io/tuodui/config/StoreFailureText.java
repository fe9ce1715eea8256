package io.tuodui.config;

import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoTimeoutException;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.RedisSystemException;

/** The words for a store that does not answer or does not let us in. */
final class StoreFailureText {
  private static final Pattern MONGO_REASON =
      Pattern.compile("caused by \\{(?:[\\w.]+: )?([^{}]+)}");
  private static final Pattern MONGO_ADDRESS = Pattern.compile("address=([^,]+),");

  private StoreFailureText() {}

  /** {@code null} when the cause is no failure of a store. */
  static String of(Throwable cause) {
    if (cause instanceof RedisConnectionFailureException || cause instanceof RedisSystemException) {
      return "Redis does not answer: "
          + firstLine(root(cause))
          + ".\nStart it, or correct spring.data.redis.* (host, port, password or url).";
    }
    if (cause instanceof MongoException failure) {
      return mongo(failure);
    }
    if (cause instanceof SQLException failure) {
      return mysql(failure);
    }
    return null;
  }

  private static String mongo(MongoException failure) {
    String advice = ".\nStart it, or correct spring.data.mongodb.uri.";
    if (failure instanceof MongoSecurityException) {
      return "MongoDB refuses the login: " + firstLine(root(failure)) + advice;
    }
    String said = String.valueOf(failure.getMessage());
    if (!(failure instanceof MongoTimeoutException)) {
      return "MongoDB reports: " + firstLine(failure) + advice;
    }
    // The driver describes its whole view of the cluster; the address and the reason are in there.
    Matcher address = MONGO_ADDRESS.matcher(said);
    Matcher reason = MONGO_REASON.matcher(said);
    return "MongoDB"
        + (address.find() ? " at " + address.group(1) : "")
        + " does not answer"
        + (reason.find() ? ": " + reason.group(1) : "")
        + advice;
  }

  /**
   * By SQL state: class 08 is the connection, class 28 the login, 42 the database's own objects.
   */
  private static String mysql(SQLException failure) {
    String advice = ".\nCorrect spring.datasource.url, username and password";
    String state = String.valueOf(failure.getSQLState());
    if (state.startsWith("28")) {
      return "MySQL refuses the login: " + firstLine(failure) + advice + ".";
    }
    if (state.startsWith("08")) {
      return "MySQL does not answer: "
          + firstLine(root(failure))
          + advice
          + ", or start the server.";
    }
    return "MySQL reports: " + firstLine(failure) + " (SQL state " + state + ")" + advice + ".";
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("").replaceFirst("\\.$", "");
  }
}
