package io.tasklane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tasklane.commit.UserJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as plain values: maps, lists, strings, booleans, numbers and null. Numbers stay exact. */
public final class JsonValue {
  /** Makes nodes of trees. */
  public static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonValue() {}

  /**
   * The value of a text.
   *
   * @throws IOException where it is no JSON, or exceeds a limit
   */
  public static Object read(byte[] text) throws IOException {
    JsonNode tree = UserJson.read(text);
    if (tree.isMissingNode()) {
      throw new IOException("it is empty");
    }
    return plain(tree);
  }

  /** The value of a text that this class has written. */
  public static Object stored(String text) {
    return plain(tree(text));
  }

  /** The tree of a text that was written before. */
  public static JsonNode tree(String text) {
    try {
      return UserJson.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  /** The text of a value. */
  public static String write(Object value) {
    return text(tree(value));
  }

  /** The text of a tree. */
  public static String text(JsonNode tree) {
    try {
      return UserJson.write(tree);
    } catch (IOException tooDeep) {
      throw new UncheckedIOException(tooDeep);
    }
  }

  /** The value of a tree. */
  public static Object plain(JsonNode tree) {
    if (tree.isObject()) {
      Map<String, Object> members = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> member : tree.properties()) {
        members.put(member.getKey(), plain(member.getValue()));
      }
      return members;
    }
    if (tree.isArray()) {
      List<Object> elements = new ArrayList<>(tree.size());
      for (JsonNode element : tree) {
        elements.add(plain(element));
      }
      return elements;
    }
    return scalar(tree);
  }

  private static Object scalar(JsonNode tree) {
    if (tree.isNull()) {
      return null;
    }
    if (tree.isNumber()) {
      return tree.canConvertToLong() && tree.isIntegralNumber()
          ? (Object) tree.longValue()
          : tree.numberValue();
    }
    return tree.isBoolean() ? (Object) tree.booleanValue() : tree.textValue();
  }

  /** The tree of a value. */
  public static JsonNode tree(Object value) {
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = NODES.objectNode();
      map.forEach((key, member) -> object.set((String) key, tree(member)));
      return object;
    }
    if (value instanceof List<?> list) {
      ArrayNode array = NODES.arrayNode(list.size());
      list.forEach(element -> array.add(tree(element)));
      return array;
    }
    return value instanceof Number number ? tree(number) : word(value);
  }

  private static JsonNode word(Object value) {
    if (value == null) {
      return NODES.nullNode();
    }
    return value instanceof Boolean truth
        ? NODES.booleanNode(truth)
        : NODES.textNode((String) value);
  }

  private static JsonNode tree(Number number) {
    if (number instanceof BigInteger whole) {
      return NODES.numberNode(whole);
    }
    if (number instanceof BigDecimal exact) {
      return NODES.numberNode(exact);
    }
    return number instanceof Double fraction
        ? NODES.numberNode(fraction.doubleValue())
        : NODES.numberNode(number.longValue());
  }
}
