package io.tasklane.filter;

import io.tasklane.naming.Labels;
import io.tasklane.task.Publication;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a field can hold, so that a filter with a typing error is refused instead of matching
 * nothing in silence.
 *
 * @param pattern of a whole value
 * @param longest most characters, beside what the pattern itself limits
 * @param allowed the same in words, for the refusal
 */
record ValuePattern(Pattern pattern, int longest, String allowed) {
  /** The id of a queue. */
  static final ValuePattern QUEUE =
      of(
          "[A-Z][A-Z0-9_]{0,62}",
          "a capital letter, then capital letters, digits and _, such as DATA_FETCHER or"
              + " queues/DATA_FETCHER");

  /** The final part of a calendar's name. */
  static final ValuePattern CALENDAR =
      of(
          "[A-Za-z0-9][A-Za-z0-9_-]{0,62}",
          "a letter or digit, then letters, digits, _ and -, such as XNYS or calendars/XNYS");

  /** The name of a task type. */
  static final ValuePattern TASK_TYPE =
      of(
          "[a-zA-Z][a-zA-Z0-9._-]{0,127}",
          "a letter, then letters, digits, ., _ and -, such as news_monitoring");

  /** The code of a failure. */
  static final ValuePattern FAILURE_CODE =
      of(
          "[A-Z][A-Z0-9_]{0,127}",
          "a capital letter, then capital letters, digits and _, such as FEED_DOWN");

  /** The cause of a dead letter. */
  static final ValuePattern FINGERPRINT =
      of("[0-9a-f]{16}", "16 digits of 0 to 9 and a to f, such as 0123456789abcdef");

  /** The type of an event. */
  static final ValuePattern EVENT_TYPE =
      new ValuePattern(
          Publication.TYPE,
          Publication.MAX_TYPE_LENGTH,
          "two or more lower-case words joined by dots, such as task.state_changed");

  /** The final part of a task's name. */
  static final ValuePattern TASK_ID =
      of("[a-zA-Z0-9._-]{1,128}", "1 to 128 letters, digits, ., _ and - after the /");

  /** The name of what an event happened to. */
  static final ValuePattern SUBJECT =
      of("[^\\x00-\\x1f\\x7f]{1,256}", "1 to 256 characters, none a control character");

  /** The value of a label. */
  static final ValuePattern LABEL =
      new ValuePattern(Labels.VALUE, Integer.MAX_VALUE, Labels.VALUE_ALLOWED);

  private static ValuePattern of(String regex, String allowed) {
    return new ValuePattern(Pattern.compile(regex), Integer.MAX_VALUE, allowed);
  }

  /**
   * Passes a value that the field can have or, for ":", begin with.
   *
   * @param comparison to refuse it by
   * @param value of the comparison, without what its field may leave out
   * @throws FilterException with the position and what is allowed
   */
  String requireIn(Comparison comparison, String value) {
    Matcher matcher = pattern.matcher(value);
    boolean whole = matcher.matches();
    // Where more characters could still make it match, it is the beginning of a value.
    boolean beginning = !value.isEmpty() && matcher.hitEnd();
    boolean fits = comparison.operator() == Operator.STARTS_WITH ? whole || beginning : whole;
    if (!fits || value.length() > longest) {
      throw comparison.refused(allowed);
    }
    return value;
  }
}
