package io.tasklane.trading.input;

import io.tasklane.task.Payload;
import io.tasklane.trading.format.DataFault;
import io.tasklane.trading.format.JsonText;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * The JSON object a task was given, read field by field; what is missing takes its default. The
 * server has checked it against the type's schema; it is checked here too, so that a handler never
 * depends on that.
 */
public final class Input {
  private static final int FIRST_YEAR = 2000;
  private static final int LAST_YEAR = 2100;

  private final JsonObject json;

  private Input(JsonObject json) {
    this.json = json;
  }

  /** Reads a payload; an empty body is an empty object. */
  public static Input of(Payload payload) {
    String text = payload.text();
    if (text.isBlank()) {
      return new Input(JsonValue.EMPTY_JSON_OBJECT);
    }
    if (!(JsonText.parse("input", text) instanceof JsonObject object)) {
      throw DataFault.input("(all)", text, "a JSON object");
    }
    return new Input(object);
  }

  /** The normalised symbols; empty stands for all tracked ones. */
  public List<String> symbols() {
    return present("symbols").map(Symbols::normalised).orElse(List.of());
  }

  /** The day asked for. */
  public Optional<LocalDate> asOf() {
    return present("as_of").map(Input::date);
  }

  /** True or false. */
  public boolean flag(String field, boolean whenMissing) {
    Optional<JsonValue> value = present(field);
    if (value.isEmpty()) {
      return whenMissing;
    }
    return switch (value.get().getValueType()) {
      case TRUE -> true;
      case FALSE -> false;
      default -> throw DataFault.input(field, value.get().toString(), "true or false");
    };
  }

  /** A fraction from 0 to 1. */
  public double fraction(String field, double whenMissing) {
    Optional<JsonValue> value = present(field);
    if (value.isEmpty()) {
      return whenMissing;
    }
    if (value.get() instanceof JsonNumber number
        && number.doubleValue() >= 0
        && number.doubleValue() <= 1) {
      return number.doubleValue();
    }
    throw DataFault.input(field, value.get().toString(), "a number from 0 to 1");
  }

  /** A whole number within bounds. */
  public int whole(String field, int whenMissing, int least, int most) {
    Optional<JsonValue> value = present(field);
    if (value.isEmpty()) {
      return whenMissing;
    }
    if (value.get() instanceof JsonNumber number
        && number.doubleValue() == Math.rint(number.doubleValue())
        && number.doubleValue() >= least
        && number.doubleValue() <= most) {
      return number.intValue();
    }
    throw DataFault.input(
        field, value.get().toString(), "a whole number from " + least + " to " + most);
  }

  /** One of the allowed words; the first is the default. */
  public String choice(String field, List<String> allowed) {
    String word = text(field, allowed.get(0));
    if (!allowed.contains(word)) {
      throw DataFault.input(field, word, String.join(", ", allowed));
    }
    return word;
  }

  /** A text. */
  public String text(String field, String whenMissing) {
    Optional<JsonValue> value = present(field);
    if (value.isEmpty()) {
      return whenMissing;
    }
    if (value.get() instanceof JsonString text) {
      return text.getString();
    }
    throw DataFault.input(field, value.get().toString(), "a text");
  }

  /** A list of texts, of which "all" (also by itself, and when missing) stands for every one. */
  public List<String> selection(String field) {
    JsonArray array = present(field).map(value -> array(field, value)).orElse(null);
    if (array == null) {
      return List.of();
    }
    List<String> texts = array.stream().map(value -> element(field, value)).distinct().toList();
    return texts.stream().anyMatch("all"::equalsIgnoreCase) ? List.of() : texts;
  }

  /** Some of the allowed words, each once; at least one. */
  public List<String> choices(String field, List<String> allowed, List<String> whenMissing) {
    Optional<JsonValue> value = present(field);
    if (value.isEmpty()) {
      return whenMissing;
    }
    List<String> words =
        array(field, value.get()).stream().map(each -> element(field, each)).distinct().toList();
    for (String word : words) {
      if (!allowed.contains(word)) {
        throw DataFault.input(field, word, String.join(", ", allowed));
      }
    }
    if (words.isEmpty()) {
      throw DataFault.input(field, "[]", "at least one of " + String.join(", ", allowed));
    }
    return words;
  }

  /** An object passed on from another task. */
  public Optional<JsonObject> object(String field) {
    return present(field)
        .map(
            value -> {
              if (value instanceof JsonObject object) {
                return object;
              }
              throw DataFault.input(field, value.toString(), "an object");
            });
  }

  private static JsonArray array(String field, JsonValue value) {
    if (value instanceof JsonArray array) {
      return array;
    }
    throw DataFault.input(field, value.toString(), "a list of texts");
  }

  private static String element(String field, JsonValue value) {
    if (value instanceof JsonString text && !text.getString().isBlank()) {
      return text.getString().strip();
    }
    throw DataFault.input(field, value.toString(), "a list of texts that are not empty");
  }

  private static LocalDate date(JsonValue value) {
    String text = value instanceof JsonString string ? string.getString() : value.toString();
    try {
      LocalDate day = LocalDate.parse(text);
      if (day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR) {
        return day;
      }
    } catch (DateTimeParseException e) {
      // Falls through to the one message for all that is no such date.
    }
    throw DataFault.input("as_of", text, "a date as YYYY-MM-DD from 2000 to 2100");
  }

  private Optional<JsonValue> present(String field) {
    return Optional.ofNullable(json.get(field)).filter(value -> value != JsonValue.NULL);
  }
}
