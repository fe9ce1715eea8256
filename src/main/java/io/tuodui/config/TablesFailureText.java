package io.tuodui.config;

import java.util.stream.Collectors;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.internal.exception.FlywayMigrateException;

/** The words for tables in MySQL that cannot be brought up to date. */
final class TablesFailureText {
  private static final String BEGINNING =
      "The tables in the database of spring.datasource.url cannot be brought up to date: ";
  private static final int LONGEST = 4;

  private TablesFailureText() {}

  /** {@code null} when the cause is something else, a database that does not answer included. */
  static String of(Throwable cause) {
    if (cause instanceof FlywayValidateException) {
      return BEGINNING
          + "they were made by another Tuodui than the versions before this one.\n"
          + said(cause)
          + "\nStart the version that made them, or give this one a database of its own; where a"
          + " migration failed half-way, put back the copy from before the upgrade.";
    }
    if (cause instanceof FlywayMigrateException) {
      return BEGINNING
          + "a migration failed.\n"
          + said(cause)
          + "\nCorrect what MySQL says, put back the copy from before the upgrade, and start again.";
    }
    if (cause instanceof FlywayException other
        && other.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
      return BEGINNING
          + "it holds tables that are not Tuodui's.\nGive Tuodui a database of its own.";
    }
    return null;
  }

  /** Without the headings, and without Flyway's own advice, which is for its command line. */
  private static String said(Throwable failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .filter(
            line ->
                !line.isBlank()
                    && !line.matches("-{3,}|Validate failed: .*|.* repair .*|Need more .*"))
        .limit(LONGEST)
        .collect(Collectors.joining("\n"));
  }
}
