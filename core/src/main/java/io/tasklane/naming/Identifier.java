package io.tasklane.naming;

import java.util.regex.Pattern;

/** The names that users give to what they define: nodes of workflows, facts and keys of labels. */
public final class Identifier {
  /** What is allowed, for messages. */
  public static final String ALLOWED =
      "a letter, then letters, digits, \"_\" and \"-\", at most 63 characters";

  private static final Pattern PATTERN = Pattern.compile("[a-zA-Z][a-zA-Z0-9_-]{0,62}");

  private Identifier() {}

  /** Whether a text is one. */
  public static boolean isValid(String text) {
    return PATTERN.matcher(text).matches();
  }
}
