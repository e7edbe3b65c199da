package io.tasklane.ingress.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Priorities that are words. */
final class Priorities {
  private Priorities() {}

  /** Moves "priority" from a neighbour's message; numbers stay as they are. */
  static void words(ObjectNode from, ObjectNode to, Map<String, Integer> words) {
    JsonNode given = from.remove("priority");
    if (given == null || given.isNull()) {
      return;
    }
    if (!given.isTextual()) {
      to.set("priority", given);
      return;
    }
    Integer number = words.get(given.textValue().toLowerCase(Locale.ROOT));
    if (number == null) {
      throw InvalidMessageException.field(
          "priority", given, "1 to 10, or one of " + new TreeSet<>(words.keySet()));
    }
    to.put("priority", number);
  }
}
