package io.tuodui.config;

import java.util.regex.Pattern;

/** Keeps what an address holds beside the address from being printed. */
public final class Secrets {
  /** Up to the last @: a password may hold one. */
  private static final Pattern LOGIN = Pattern.compile("//[^\\s'\"]*@");

  /** As in the query of a JDBC URL, and in the brackets of its hosts. */
  private static final Pattern VALUE =
      Pattern.compile("(?i)(pass(?:word|wd|phrase)?|secret|token)=[^\\s&,;)'\"]+");

  private Secrets() {}

  /** A text without the logins and passwords of the addresses in it. */
  public static String masked(String text) {
    return VALUE.matcher(LOGIN.matcher(text).replaceAll("//")).replaceAll("$1=***");
  }
}
