package io.tasklane.schedule.cron;

import io.tasklane.schedule.due.InvalidScheduleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Parses whole expressions: five fields, six with the second first, or a nickname. */
final class CronParser {
  private static final Map<String, String> NICKNAMES =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");

  private CronParser() {}

  static CronExpression parse(String text) {
    String trimmed = text.trim();
    String written = trimmed.startsWith("@") ? nickname(trimmed) : trimmed;
    List<String> words = new ArrayList<>(List.of(written.split("\\s+")));
    if (words.get(0).contains("=")) {
      throw wrong(
          "a setting before the fields is not allowed; the time zone has a field of its own");
    }
    if (words.size() == 5) {
      words.add(0, "0");
    }
    if (words.size() != 6) {
      throw wrong(
          "'"
              + trimmed
              + "' has "
              + (trimmed.isEmpty() ? 0 : words.size())
              + " fields; 5 are allowed (minute, hour, day of month, month, day of week), or 6"
              + " with the second before them");
    }
    return expression(trimmed, words);
  }

  private static CronExpression expression(String text, List<String> words) {
    CronExpression expression =
        new CronExpression(
            text,
            new FieldParser(CronUnit.SECOND, words.get(0)).parse(),
            new FieldParser(CronUnit.MINUTE, words.get(1)).parse(),
            new FieldParser(CronUnit.HOUR, words.get(2)).parse(),
            new FieldParser(CronUnit.DAY_OF_MONTH, words.get(3)).parse(),
            new FieldParser(CronUnit.MONTH, words.get(4)).parse(),
            new FieldParser(CronUnit.DAY_OF_WEEK, words.get(5)).parse());
    if (!expression.everComes()) {
      throw wrong(
          "'"
              + text
              + "' never comes: no month of it has such a day of month ('"
              + words.get(3)
              + "')");
    }
    return expression;
  }

  private static String nickname(String text) {
    String fields = NICKNAMES.get(text.toLowerCase(Locale.ROOT));
    if (fields == null) {
      throw wrong(
          "'" + text + "' is not known: " + NICKNAMES.keySet().stream().sorted().toList() + " are");
    }
    return fields;
  }

  private static InvalidScheduleException wrong(String problem) {
    return new InvalidScheduleException(CronExpression.FIELD, problem);
  }
}
