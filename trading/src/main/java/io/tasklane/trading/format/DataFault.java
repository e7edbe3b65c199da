package io.tasklane.trading.format;

import io.tasklane.task.FailureException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.List;

/** The permanent failures of reading data and input: each names the place, the value, the rule. */
public final class DataFault {
  private static final int SHOWN = 80;

  private DataFault() {}

  /** A field's value as a message shows it; null is as good as missing. */
  public static String shown(JsonObject json, String field) {
    JsonValue value = json.getOrDefault(field, JsonValue.NULL);
    return value == JsonValue.NULL ? "(missing)" : value.toString();
  }

  /**
   * A value that breaks a rule.
   *
   * @param place file and line, or file and field, or input field
   * @param value what stands there; shortened in the message
   * @param allowed what may stand there
   */
  public static FailureException invalid(String place, String value, String allowed) {
    return FailureException.permanent(
        "DATA_INVALID", place + ": \"" + shortened(value) + "\" is not allowed: " + allowed);
  }

  /** A file whose text as a whole cannot be read. */
  public static FailureException unreadable(String place, String reason, Throwable cause) {
    return FailureException.permanent("DATA_INVALID", place + ": " + reason, cause);
  }

  /** A file or a record that is not there. */
  public static FailureException missing(String message) {
    return FailureException.permanent("DATA_MISSING", message);
  }

  /** A field of a task's input that breaks a rule. */
  public static FailureException input(String field, String value, String allowed) {
    return FailureException.permanent(
        "INVALID_INPUT",
        "input field " + field + ": \"" + shortened(value) + "\" is not allowed: " + allowed);
  }

  /** A symbol of a task's input that the data do not know. */
  public static FailureException unknownSymbol(String symbol, Collection<String> known) {
    List<String> first = known.stream().limit(10).toList();
    String rest =
        known.size() > first.size() ? " and " + (known.size() - first.size()) + " more" : "";
    return FailureException.permanent(
        "UNKNOWN_SYMBOL",
        "input field symbols: \""
            + symbol
            + "\" is unknown: allowed are the symbols of symbols.csv, "
            + String.join(", ", first)
            + rest);
  }

  private static String shortened(String value) {
    return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "...";
  }
}
