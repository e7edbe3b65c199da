package io.tasklane.cli.yaml;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads values as JSON. Where a JSON Schema says that a value is a text, anything that YAML reads
 * as something else is refused, and not handed on as a number.
 */
public final class YamlJson {
  private static final JsonObject ANY = new JsonObject();

  private YamlJson() {}

  /** A value of which nothing is said. */
  public static JsonElement of(Node node, String path) throws YamlFault {
    return of(node, path, ANY);
  }

  /**
   * A value.
   *
   * @param schema its JSON Schema
   */
  public static JsonElement of(Node node, String path, JsonElement schema) throws YamlFault {
    JsonObject rules = schema.isJsonObject() ? schema.getAsJsonObject() : ANY;
    if (node instanceof ScalarNode scalar) {
      boolean isText = rules.has("type") && rules.get("type").toString().equals("\"string\"");
      return isText
          ? new com.google.gson.JsonPrimitive(YamlScalar.text(scalar, path))
          : YamlScalar.json(scalar, path);
    }
    if (node instanceof SequenceNode sequence) {
      JsonArray array = new JsonArray();
      List<Node> elements = sequence.getValue();
      for (int i = 0; i < elements.size(); i++) {
        array.add(of(elements.get(i), path + "[" + i + "]", member(rules, "items")));
      }
      return array;
    }
    JsonObject object = new JsonObject();
    JsonElement properties = member(rules, "properties");
    for (Map.Entry<String, Node> each : YamlObject.of(node, path).entrySet()) {
      String key = each.getKey();
      JsonElement inner = member(properties, key);
      object.add(key, of(each.getValue(), YamlObject.path(path, key), inner));
    }
    return object;
  }

  /** What a schema says of a part. */
  public static JsonElement member(JsonElement schema, String key) {
    return schema.isJsonObject() && schema.getAsJsonObject().has(key)
        ? schema.getAsJsonObject().get(key)
        : ANY;
  }
}
