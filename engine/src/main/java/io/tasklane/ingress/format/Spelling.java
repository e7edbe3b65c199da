package io.tasklane.ingress.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tasklane.json.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names of members in the two spellings of proto JSON. */
final class Spelling {
  private static final Set<String> NESTED = Set.of("retry_policy", "timeouts");

  private Spelling() {}

  /** The same object with names in lower case and underscores; those of values stay. */
  static ObjectNode underscored(ObjectNode object) {
    ObjectNode same = JsonValue.NODES.objectNode();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String name = underscored(member.getKey());
      JsonNode value = member.getValue();
      boolean nested = NESTED.contains(name) && value instanceof ObjectNode;
      if (same.has(name)) {
        throw new InvalidMessageException("INVALID_FIELD", name + " stands twice");
      }
      same.set(name, nested ? underscored((ObjectNode) value) : value);
    }
    return same;
  }

  private static String underscored(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  /** Moves a member to another name, if it is there. */
  static void move(ObjectNode from, String name, ObjectNode to, String other) {
    JsonNode value = from.remove(name);
    if (value != null && !value.isNull()) {
      to.set(other, value);
    }
  }

  /** Refuses members that were not translated, since what they ask for would be left out. */
  static void requireEmpty(ObjectNode rest, String neighbour) {
    if (!rest.isEmpty()) {
      throw new InvalidMessageException(
          "INVALID_FIELD",
          rest.fieldNames().next() + " of a message of " + neighbour + " cannot be carried over");
    }
  }
}
