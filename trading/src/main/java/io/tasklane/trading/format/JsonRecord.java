package io.tasklane.trading.format;

import io.tasklane.task.FailureException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * One object of a JSON file, read field by field. Numbers may stand as text, as brokers write them,
 * or as numbers; they never pass through floating point.
 *
 * @param file name of the file
 * @param path where in the file, such as "[2]"; empty at the top
 * @param json the object
 */
public record JsonRecord(String file, String path, JsonObject json) {
  private static final String A_DAY = "a date as YYYY-MM-DD";

  /** A text that must be there and not be blank. */
  public String text(String field) {
    return optionalText(field).orElseThrow(() -> fault(field, "text that is not empty"));
  }

  /** A text; empty where missing, null or blank. */
  public Optional<String> optionalText(String field) {
    JsonValue value = json.get(field);
    if (value == null || value == JsonValue.NULL) {
      return Optional.empty();
    }
    if (!(value instanceof JsonString text)) {
      throw fault(field, "text");
    }
    return Optional.of(text.getString().strip()).filter(s -> !s.isEmpty());
  }

  /** A number that must be there. */
  public BigDecimal decimal(String field) {
    return optionalDecimal(field).orElseThrow(() -> fault(field, Decimals.ALLOWED));
  }

  /** A number; empty where missing or null. */
  public Optional<BigDecimal> optionalDecimal(String field) {
    JsonValue value = json.get(field);
    if (value == null || value == JsonValue.NULL) {
      return Optional.empty();
    }
    String text =
        value instanceof JsonNumber || !(value instanceof JsonString string)
            ? value.toString()
            : string.getString();
    return Optional.of(Decimals.parse(text).orElseThrow(() -> fault(field, Decimals.ALLOWED)));
  }

  /** A day that must be there. */
  public LocalDate date(String field) {
    return optionalDate(field).orElseThrow(() -> fault(field, A_DAY));
  }

  /** A day as YYYY-MM-DD; empty where missing, null or blank. */
  public Optional<LocalDate> optionalDate(String field) {
    return optionalText(field).map(text -> date(field, text));
  }

  /** What to throw when this field's value breaks a rule. */
  public FailureException fault(String field, String allowed) {
    String place = (file + " " + path).strip() + " field " + field;
    return DataFault.invalid(place, DataFault.shown(json, field), allowed);
  }

  private LocalDate date(String field, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw fault(field, A_DAY);
    }
  }
}
