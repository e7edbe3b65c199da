package io.tasklane.filter;

/** Splits the text of a filter into tokens, one at a time. */
final class FilterLexer {
  /** The kind of token. */
  enum Kind {
    WORD,
    TEXT,
    SYMBOL,
    END
  }

  /** A token, and where it begins, 1 for the first character. */
  record Token(Kind kind, String text, int position) {
    boolean is(String symbolOrWord) {
      return kind != Kind.TEXT && text.equals(symbolOrWord);
    }

    /** As an error message shows it. */
    String shown() {
      return kind == Kind.END ? "the end" : "\"" + text + "\"";
    }
  }

  private final String text;
  private int at;

  FilterLexer(String text) {
    this.text = text;
  }

  /** The next token; at the end, END again and again. */
  Token next() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return new Token(Kind.END, "", at + 1);
    }
    char first = text.charAt(at);
    if (first == '"') {
      return quoted();
    }
    return isWordPart(first) ? word() : symbol();
  }

  private Token word() {
    int start = at;
    while (at < text.length() && isWordPart(text.charAt(at))) {
      at++;
    }
    return new Token(Kind.WORD, text.substring(start, at), start + 1);
  }

  private Token quoted() {
    int start = at++;
    StringBuilder content = new StringBuilder();
    for (; at < text.length() && text.charAt(at) != '"'; at++) {
      boolean escape = text.charAt(at) == '\\' && at + 1 < text.length();
      content.append(text.charAt(escape ? ++at : at));
    }
    if (at == text.length()) {
      throw new FilterException(start + 1, "the text that begins here has no closing quote");
    }
    at++;
    return new Token(Kind.TEXT, content.toString(), start + 1);
  }

  private Token symbol() {
    int start = at;
    boolean ofTwo =
        at + 1 < text.length() && text.charAt(at + 1) == '=' && "!<>".indexOf(text.charAt(at)) >= 0;
    at += ofTwo ? 2 : 1;
    return new Token(Kind.SYMBOL, text.substring(start, at), start + 1);
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '/' || c == '-';
  }
}
