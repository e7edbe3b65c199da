package io.tasklane.cli.importer.text;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The characters of a literal, one token after the other, with their lines. */
final class LiteralTokens {
  private static final Pattern BLANK = Pattern.compile("(?:[\\s\\\\]|#[^\\n]*)+");
  private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][\\w.]*\\s*=(?!=)\\s*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*(?:\\s*\\.\\s*[A-Za-z_]\\w*)*");
  private static final Pattern KEYWORD = Pattern.compile("[A-Za-z_]\\w*\\s*=(?!=)");
  private static final Pattern NUMBER =
      Pattern.compile("(?:\\d[\\d_]*(?:\\.[\\d_]*)?|\\.\\d[\\d_]*)(?:[eE][+-]?\\d{1,3})?");
  private static final Pattern TEXT = Pattern.compile("[uUrR]?(\"\"\"|'''|\"|')");

  private final String all;
  private int at;

  LiteralTokens(String all) {
    this.all = all;
    skipBlank();
  }

  private Matcher matcher(Pattern pattern) {
    return pattern.matcher(all).region(at, all.length());
  }

  private void skipBlank() {
    Matcher blank = matcher(BLANK);
    if (blank.lookingAt()) {
      at = blank.end();
    }
  }

  private void moveTo(int place) {
    at = place;
    skipBlank();
  }

  /** Skips {@code app.conf.beat_schedule =}. */
  void skipAssignment() {
    Matcher assignment = matcher(ASSIGNMENT);
    if (assignment.lookingAt()) {
      moveTo(assignment.end());
    }
  }

  /** Line of the next token, from 1. */
  int line() {
    return 1 + (int) all.substring(0, at).chars().filter(c -> c == '\n').count();
  }

  boolean isAtEnd() {
    return at == all.length();
  }

  boolean isNext(char c) {
    return at < all.length() && all.charAt(at) == c;
  }

  char take() {
    char taken = all.charAt(at);
    moveTo(at + 1);
    return taken;
  }

  void expect(char c) throws Malformed {
    if (!isNext(c)) {
      throw new Malformed(line(), "here " + c + " is needed, and not " + next());
    }
    take();
  }

  Malformed unexpected() {
    return new Malformed(line(), "here stands " + next() + ", which is no value");
  }

  private String next() {
    return isAtEnd() ? "the end" : "\"" + all.charAt(at) + "\"";
  }

  boolean isText() {
    return matcher(TEXT).lookingAt();
  }

  boolean isNumber() {
    return matcher(NUMBER).lookingAt();
  }

  /** Whether {@code name=} is next. */
  boolean isKeyword() {
    return matcher(KEYWORD).lookingAt();
  }

  String name() throws Malformed {
    Matcher name = matcher(NAME);
    if (!name.lookingAt()) {
      throw unexpected();
    }
    moveTo(name.end());
    return name.group().replaceAll("\\s", "");
  }

  BigDecimal number() {
    Matcher number = matcher(NUMBER);
    number.lookingAt();
    moveTo(number.end());
    String digits = number.group().replace("_", "");
    return new BigDecimal(digits.endsWith(".") ? digits + "0" : digits.replace(".e", ".0e"));
  }

  /** Texts that follow each other are one. */
  String text() throws Malformed {
    StringBuilder text = new StringBuilder();
    while (isText()) {
      Matcher start = matcher(TEXT);
      start.lookingAt();
      boolean raw = start.group().matches("[rR].*");
      at = start.end();
      part(start.group(1), raw, text);
    }
    return text.toString();
  }

  private void part(String quote, boolean raw, StringBuilder text) throws Malformed {
    int line = line();
    while (!all.startsWith(quote, at)) {
      if (at >= all.length() || quote.length() == 1 && all.charAt(at) == '\n') {
        throw new Malformed(line, "a text does not end");
      }
      if (all.charAt(at) == '\\' && !raw) {
        escape(text);
      } else {
        text.append(all.charAt(at++));
      }
    }
    moveTo(at + quote.length());
  }

  private void escape(StringBuilder text) throws Malformed {
    char kind = at + 1 < all.length() ? all.charAt(at + 1) : ' ';
    int digits = kind == 'u' ? 4 : kind == 'x' ? 2 : 0;
    if (digits > 0) {
      int end = Math.min(all.length(), at + 2 + digits);
      String code = all.substring(at + 2, end);
      if (!code.matches("[0-9a-fA-F]{" + digits + "}")) {
        throw new Malformed(line(), "\\" + kind + code + " is no character");
      }
      text.append((char) Integer.parseInt(code, 16));
      at = end;
      return;
    }
    int place = "ntrbf\\'\"/\n".indexOf(kind);
    if (place < 0) {
      throw new Malformed(line(), "\\" + kind + " in a text is not read");
    }
    if (kind != '\n') {
      text.append("\n\t\r\b\f\\'\"/".charAt(place));
    }
    at += 2;
  }
}
