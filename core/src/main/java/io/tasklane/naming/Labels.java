package io.tasklane.naming;

import java.util.regex.Pattern;

/** Labels: key-value pairs of the user's choice, by which filters find things. */
public final class Labels {
  /** The most pairs that one thing may have. */
  public static final int MAX_PAIRS = 64;

  /** What a value may be: at most 256 characters, none a control character. */
  public static final Pattern VALUE = Pattern.compile("[^\\x00-\\x1f\\x7f]{0,256}");

  /** The same in words, for messages. */
  public static final String VALUE_ALLOWED = "at most 256 characters, none a control character";

  private Labels() {}

  /** Whether a text may be the key of a label. */
  public static boolean isKey(String text) {
    return Identifier.isValid(text);
  }

  /** Whether a text may be the value of a label. */
  public static boolean isValue(String text) {
    return VALUE.matcher(text).matches();
  }
}
