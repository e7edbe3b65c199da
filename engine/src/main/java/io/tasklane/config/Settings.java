package io.tasklane.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads configuration values and says clearly which is wrong: a bad value stops the start.
 *
 * @param source the value of a key, empty if it is not set
 */
public record Settings(Function<String, Optional<String>> source) {
  /** A text, or this default if it is not set. */
  public String text(String key, String otherwise) {
    return optional(key).orElse(otherwise);
  }

  /** An optional text; blank counts as missing. */
  public Optional<String> optional(String key) {
    return source.apply(key).map(String::strip).filter(value -> !value.isEmpty());
  }

  /** A duration as in PT15M, more than zero. */
  public Duration duration(String key, Duration otherwise) {
    Optional<String> value = optional(key);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      Duration duration = Duration.parse(value.get());
      if (!duration.isZero() && !duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeParseException notOne) {
      // falls through: the message below says everything
    }
    throw wrong(key, value.get(), "an ISO-8601 duration of more than zero, such as PT15M");
  }

  /** A whole number in this range. */
  public int number(String key, int otherwise, int least, int most) {
    Optional<String> value = optional(key);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notOne) {
      // falls through: the message below says everything
    }
    throw wrong(key, value.get(), "a whole number from " + least + " to " + most);
  }

  /** The exception for a bad value: its key, the value, and what is allowed. */
  public static IllegalArgumentException wrong(String key, String value, String allowed) {
    return new IllegalArgumentException(key + " = \"" + value + "\" is not allowed: " + allowed);
  }
}
