package io.tasklane.trading.analysis;

import io.tasklane.trading.format.DataFault;
import io.tasklane.trading.format.Decimals;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.OptionalDouble;

/**
 * Facts that an earlier task wrote and a later one reads back out of its input.
 *
 * @param field the input's field, for messages
 * @param json the object
 */
record PassedOn(String field, JsonObject json) {

  String text(String name) {
    if (json.get(name) instanceof JsonString text) {
      return text.getString();
    }
    throw fault(name, "a text");
  }

  BigDecimal decimal(String name) {
    JsonValue value = json.getOrDefault(name, JsonValue.NULL);
    return Decimals.parse(value.toString()).orElseThrow(() -> fault(name, Decimals.ALLOWED));
  }

  BigDecimal positive(String name) {
    BigDecimal value = decimal(name);
    if (value.signum() <= 0) {
      throw fault(name, "a number above 0");
    }
    return value;
  }

  int count(String name) {
    BigDecimal value = decimal(name);
    if (value.signum() < 0 || value.stripTrailingZeros().scale() > 0) {
      throw fault(name, "a whole number of 0 or more");
    }
    return value.intValue();
  }

  double statistic(String name) {
    return optionalStatistic(name).orElseThrow(() -> fault(name, "a number"));
  }

  OptionalDouble optionalStatistic(String name) {
    JsonValue value = json.getOrDefault(name, JsonValue.NULL);
    if (value == JsonValue.NULL) {
      return OptionalDouble.empty();
    }
    if (value instanceof JsonNumber number && Double.isFinite(number.doubleValue())) {
      return OptionalDouble.of(number.doubleValue());
    }
    throw fault(name, "a number");
  }

  /** Writes a statistic with four digits, or null. */
  static void add(JsonObjectBuilder json, String name, OptionalDouble value) {
    if (value.isPresent()) {
      json.add(name, Decimals.statistic(value.getAsDouble(), 4));
    } else {
      json.addNull(name);
    }
  }

  private RuntimeException fault(String name, String allowed) {
    return DataFault.input(field + "." + name, DataFault.shown(json, name), allowed);
  }
}
