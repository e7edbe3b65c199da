package io.tasklane.launcher.log;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text inside JSON. The launcher writes and reads only its own log lines, and needs no library. */
public final class JsonText {
  private JsonText() {}

  /** The text as a JSON string, quotes included; it has no line break whatever is in it. */
  public static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      append(json, text, i);
    }
    return json.append('"').toString();
  }

  private static void append(StringBuilder json, String text, int i) {
    char c = text.charAt(i);
    switch (c) {
      case '"' -> json.append("\\\"");
      case '\\' -> json.append("\\\\");
      case '\n' -> json.append("\\n");
      case '\r' -> json.append("\\r");
      case '\t' -> json.append("\\t");
      default -> {
        // the last two end a line for some readers; half a character is none in UTF-8
        if (c < ' ' || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029 || isHalf(text, i)) {
          json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        } else {
          json.append(c);
        }
      }
    }
  }

  private static boolean isHalf(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }

  /** The value of a string field of a line that {@link JsonLines} wrote. */
  public static Optional<String> field(String line, String name) {
    Matcher found =
        Pattern.compile("[{,]\"" + Pattern.quote(name) + "\":\"((?:[^\"\\\\]|\\\\.)*+)\"")
            .matcher(line);
    return found.find() ? Optional.of(unquoted(found.group(1))) : Optional.empty();
  }

  private static String unquoted(String escaped) {
    Matcher escapes = Pattern.compile("\\\\(u[0-9a-f]{4}|.)").matcher(escaped);
    return escapes.replaceAll(found -> Matcher.quoteReplacement(meant(found.group(1))));
  }

  private static String meant(String escape) {
    return switch (escape.charAt(0)) {
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 't' -> "\t";
      case 'u' -> Character.toString((char) Integer.parseInt(escape.substring(1), 16));
      default -> escape;
    };
  }
}
