package io.tasklane.ingress.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The members of an object, each of the type that is wanted of it.
 *
 * @param object with names in lower case and underscores
 * @param path in front of their names, such as "timeouts."
 */
record Fields(ObjectNode object, String path) {
  /** As tasks have ordering and deduplication keys. */
  private static final Pattern KEY = Pattern.compile("[^\\x00-\\x1f\\x7f]{1,256}");

  private static final Pattern SECONDS = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)s?");

  /** A text; empty if it is missing, null or empty. */
  Optional<String> text(String name) {
    Optional<JsonNode> value = value(name);
    if (value.isPresent() && !value.get().isTextual()) {
      throw wrong(name, value.get(), "a text");
    }
    return value.map(JsonNode::textValue).filter(text -> !text.isEmpty());
  }

  /** A text of at most 256 characters, none of them a control character. */
  Optional<String> key(String name) {
    Optional<String> key = text(name);
    key.ifPresent(text -> requireKey(path + name, text));
    return key;
  }

  static String requireKey(String field, String text) {
    if (!KEY.matcher(text).matches()) {
      String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
      throw InvalidMessageException.field(
          field, "\"" + shown + "\"", "1 to 256 characters without control characters");
    }
    return text;
  }

  /** A whole number within these limits. */
  Optional<Integer> number(String name, int least, int most) {
    Optional<JsonNode> value = value(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    JsonNode node = value.get();
    if (!node.isIntegralNumber()
        || !node.canConvertToInt()
        || node.intValue() < least
        || node.intValue() > most) {
      throw wrong(name, node, "a whole number from " + least + " to " + most);
    }
    return Optional.of(node.intValue());
  }

  /** A time of RFC 3339, with a zone. */
  Optional<Instant> time(String name) {
    Optional<String> text = text(name);
    try {
      return text.map(value -> OffsetDateTime.parse(value).toInstant());
    } catch (DateTimeException noTime) {
      throw wrong(name, value(name).orElseThrow(), "a time with a zone, as 2026-12-01T09:30:00Z");
    }
  }

  /** Seconds, as a number or as "90s". */
  Optional<Duration> span(String name) {
    Optional<JsonNode> value = value(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    var seconds = SECONDS.matcher(value.get().asText());
    if (!seconds.matches()) {
      throw wrong(name, value.get(), "seconds, as 90 or \"90s\"");
    }
    return Optional.of(
        Duration.ofNanos(new BigDecimal(seconds.group(1)).movePointRight(9).longValueExact()));
  }

  /** The members of an object; empty if it is missing or null. */
  Optional<Fields> fields(String name) {
    Optional<JsonNode> value = value(name);
    if (value.isPresent() && !value.get().isObject()) {
      throw wrong(name, value.get(), "an object");
    }
    return value.map(node -> new Fields((ObjectNode) node, path + name + "."));
  }

  /** Any value but null. */
  Optional<JsonNode> value(String name) {
    return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
  }

  InvalidMessageException wrong(String name, JsonNode value, String allowed) {
    return InvalidMessageException.field(path + name, value, allowed);
  }

  /**
   * Refuses members that nobody knows, since what they ask for would be left out.
   *
   * @param known names in lower case and underscores
   */
  void requireKnown(Set<String> known) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new InvalidMessageException(
                    "INVALID_FIELD",
                    path + name + " is not known; known are " + new TreeSet<>(known));
              }
            });
  }
}
