package io.tuodui.intake;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understands a piece of text as an item id, or says why it is none. */
final class IdText {

  private static final int MAX_DIGITS = 19;
  private static final String IGNORED_AT_BOTH_ENDS = "\"'\u201c\u201d\u2018\u2019\ufeff\u200b";
  private static final String IGNORED_AT_THE_END = ",;\uff0c\uff1b";

  /** {@code https://detail.1688.com/offer/610947572360.html?spm=…}, or the same on m.1688.com. */
  private static final Pattern DETAIL_PAGE =
      Pattern.compile(
          "(?:https?:)?(?://)?(?:detail|m|detail\\.m)\\.1688\\.com/offer/(\\d+)\\.html?(?:[?#].*)?",
          Pattern.CASE_INSENSITIVE);

  /** The mobile page that the 1688 app shares: {@code …1688.com/page/index.html?offerId=…}. */
  private static final Pattern OFFER_ID_PARAMETER =
      Pattern.compile(
          "(?:https?:)?(?://)?[\\w.]*\\b1688\\.com/[^?]*\\?(?:.*&)?offerId=(\\d+)(?:[&#].*)?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ADDRESS = Pattern.compile("(?i)https?:.*|//.*|[\\w.]+\\.com\\b.*");
  private static final Pattern SCIENTIFIC = Pattern.compile("[+-]?\\d+(?:[.,]\\d*)?[eE][+-]?\\d+");
  private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d+\\.\\d*");
  private static final Pattern NEGATIVE = Pattern.compile("[-\u2212\uff0d]\\s*\\d+");
  private static final Pattern SEVERAL =
      Pattern.compile("\\d+(?:[\\s\u3000,;\uff0c\uff1b\u3001|]++\\d*+)+");

  /** Enough to tell what is wrong with a text; patterns with groups must not see longer ones. */
  private static final int ENOUGH_TO_TELL = 200;

  private IdText() {}

  /** What an entry is: an id, or a problem (and then {@code id} means nothing). */
  record Result(long id, Problem problem) {

    private static Result of(Problem problem) {
      return new Result(0, problem);
    }
  }

  /** Without what people and programs put around an id: spaces, quotes, trailing separators. */
  static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && (ignored(text.charAt(start)) || isFormulaMark(text, start))) {
      start++;
    }
    while (end > start
        && (ignored(text.charAt(end - 1))
            || IGNORED_AT_THE_END.indexOf(text.charAt(end - 1)) >= 0)) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean ignored(char c) {
    return c <= ' '
        || Character.isWhitespace(c)
        || Character.isSpaceChar(c) // the full-width space U+3000 and the no-break space U+00A0
        || IGNORED_AT_BOTH_ENDS.indexOf(c) >= 0;
  }

  /** Spreadsheets export text as {@code ="123"} so that its digits survive. */
  private static boolean isFormulaMark(String text, int at) {
    return text.charAt(at) == '=' && text.startsWith("\"", at + 1);
  }

  /**
   * @param trimmed a piece of text as {@link #trim} leaves it, not empty
   */
  static Result parse(String trimmed) {
    String text = withAsciiDigits(trimmed);
    if (isDigits(text)) {
      return number(text);
    }
    Matcher page = DETAIL_PAGE.matcher(text);
    if (page.matches()) {
      return number(page.group(1));
    }
    Matcher shared = OFFER_ID_PARAMETER.matcher(text);
    if (shared.matches()) {
      return number(shared.group(1));
    }
    return Result.of(problem(text));
  }

  private static Problem problem(String whole) {
    String text = whole.substring(0, Math.min(whole.length(), ENOUGH_TO_TELL));
    if (ADDRESS.matcher(text).matches()) {
      return Problem.OTHER_ADDRESS;
    }
    if (SCIENTIFIC.matcher(text).matches()) {
      return Problem.SCIENTIFIC;
    }
    if (DECIMAL.matcher(text).matches()) {
      return Problem.DECIMAL;
    }
    if (NEGATIVE.matcher(text).matches()) {
      return Problem.NEGATIVE;
    }
    return SEVERAL.matcher(text).matches() ? Problem.SEVERAL : Problem.NOT_A_NUMBER;
  }

  private static Result number(String digits) {
    if (digits.length() > MAX_DIGITS) {
      return Result.of(Problem.TOO_LARGE);
    }
    long id;
    try {
      id = Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return Result.of(Problem.TOO_LARGE); // 19 digits, and more than Long.MAX_VALUE
    }
    return id == 0 ? Result.of(Problem.ZERO) : new Result(id, null);
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** Input methods for Chinese produce full-width digits, U+FF10 to U+FF19. */
  private static String withAsciiDigits(String text) {
    StringBuilder changed = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '\uff10' && c <= '\uff19') {
        if (changed == null) {
          changed = new StringBuilder(text);
        }
        changed.setCharAt(i, (char) (c - '\uff10' + '0'));
      }
    }
    return changed == null ? text : changed.toString();
  }
}
