package io.tasklane.grpc.quick;

/** A set of characters of ASCII; no other is in it. */
final class Letters {
  private static final int ASCII = 128;

  static final Letters PRINTABLE = new Letters().with(' ', '~');
  static final Letters LOWER = new Letters().with('a', 'z');
  static final Letters UPPER = new Letters().with('A', 'Z');
  static final Letters ANY_CASE = new Letters().with('a', 'z').with('A', 'Z');

  private final boolean[] has = new boolean[ASCII];

  private Letters() {}

  /** These and the digits and the characters of this text. */
  Letters andDigitsAnd(String more) {
    Letters all = new Letters().with('0', '9');
    for (char c = 0; c < ASCII; c++) {
      all.has[c] |= has[c] || more.indexOf(c) >= 0;
    }
    return all;
  }

  private Letters with(char first, char last) {
    for (char c = first; c <= last; c++) {
      has[c] = true;
    }
    return this;
  }

  boolean include(char c) {
    return c < ASCII && has[c];
  }

  /** Whether all characters of the text from this place on are in it. */
  boolean includeAll(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (!include(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
