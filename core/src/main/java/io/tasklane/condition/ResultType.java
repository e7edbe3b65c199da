package io.tasklane.condition;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;

/** What an expression has to yield. Checked when it is stored, as far as its type is known then. */
public enum ResultType {
  /** True or false, and nothing that merely resembles them. */
  BOOLEAN("a boolean", CelKind.BOOL),
  /** A whole number. */
  INTEGER("a whole number", CelKind.INT),
  /** A text. */
  STRING("a string", CelKind.STRING),
  /** A list. */
  LIST("a list", CelKind.LIST),
  /** A time, or a text that is a time of RFC 3339. */
  TIME("a timestamp", CelKind.TIMESTAMP, CelKind.STRING),
  /** Anything that JSON can hold. */
  ANY("a value");

  private final String words;
  private final Set<CelKind> kinds;

  ResultType(String words, CelKind... kinds) {
    this.words = words;
    this.kinds = Set.of(kinds);
  }

  /** For messages: "a boolean". */
  public String words() {
    return words;
  }

  boolean mayBe(CelType type) {
    return kinds.isEmpty() || type.kind() == CelKind.DYN || kinds.contains(type.kind());
  }

  boolean accepts(Object value) {
    return switch (this) {
      case BOOLEAN -> value instanceof Boolean;
      case INTEGER -> value instanceof Long;
      case STRING -> value instanceof String;
      case LIST -> value instanceof List;
      case TIME -> value instanceof Instant || value instanceof String text && isTime(text);
      case ANY -> true;
    };
  }

  private static boolean isTime(String text) {
    try {
      Instant.parse(text);
      return true;
    } catch (DateTimeParseException noTime) {
      return false;
    }
  }
}
