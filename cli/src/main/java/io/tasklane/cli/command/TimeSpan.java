package io.tasklane.cli.command;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads "500ms", "90s", "5m", "2h" or ISO-8601 "PT1M30S" as a duration of at least zero. */
public final class TimeSpan implements ITypeConverter<Duration> {
  private static final Pattern SHORT = Pattern.compile("\\d+[smh]");

  @Override
  public Duration convert(String text) {
    try {
      if (text.matches("\\d+ms")) {
        return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
      }
      String iso = SHORT.matcher(text).matches() ? "PT" + text : text;
      Duration span = Duration.parse(iso.toUpperCase(Locale.ROOT));
      if (!span.isNegative()) {
        return span;
      }
    } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
      throw refused(text);
    }
    throw refused(text);
  }

  private static TypeConversionException refused(String text) {
    return new TypeConversionException(
        "'" + text + "' is no time span; allowed are 500ms, 90s, 5m, 2h or ISO-8601 as PT1M30S");
  }
}
