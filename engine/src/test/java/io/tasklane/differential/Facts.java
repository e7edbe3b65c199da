package io.tasklane.differential;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a reader says about one thing: fields in their order, without those that are not set. */
final class Facts {
  private final Map<String, Object> fields = new LinkedHashMap<>();

  /** Adds a field, unless it is empty. */
  Facts put(String field, Object value) {
    Object plain = value instanceof Optional<?> maybe ? maybe.orElse(null) : value;
    boolean isUnset =
        plain == null
            || plain.equals("")
            || plain.equals(Boolean.FALSE)
            || plain instanceof Map<?, ?> map && map.isEmpty();
    if (!isUnset) {
      fields.put(field, plain);
    }
    return this;
  }

  /** The text of a field, empty where it is not set. */
  String text(String field) {
    return fields.getOrDefault(field, "").toString();
  }

  /** A time, which must be set. */
  Instant time(String field) {
    return (Instant) fields.get(field);
  }

  /** All that are set. */
  Map<String, Object> fields() {
    return fields;
  }
}
