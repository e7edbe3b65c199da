package io.tasklane.cli.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads mappings: every key is a text, and stands once. */
public final class YamlObject {
  private YamlObject() {}

  /**
   * The values of a mapping, in their order.
   *
   * @param path of the mapping
   */
  public static Map<String, Node> of(Node node, String path) throws YamlFault {
    if (!(node instanceof MappingNode mapping)) {
      throw YamlFault.at(node, path, "here stands " + YamlScalar.kind(node) + ", not key: value");
    }
    Map<String, Node> values = new LinkedHashMap<>();
    Map<String, Integer> lines = new LinkedHashMap<>();
    for (NodeTuple each : mapping.getValue()) {
      String key = key(each.getKeyNode(), path);
      Integer before = lines.put(key, YamlFault.line(each.getKeyNode()));
      if (before != null) {
        throw YamlFault.at(
            each.getKeyNode(), path(path, key), "the key stands twice, in line " + before + " too");
      }
      values.put(key, each.getValueNode());
    }
    return values;
  }

  private static String key(Node node, String path) throws YamlFault {
    if (!(node instanceof ScalarNode scalar)) {
      throw YamlFault.at(node, path, "a key is a text");
    }
    if (!scalar.getTag().equals(Tag.STR)) {
      throw YamlFault.at(
          node, path, "the key " + scalar.getValue() + " is read as no text: put it in quotes");
    }
    return scalar.getValue();
  }

  /** The path of a field. */
  public static String path(String above, String field) {
    return above.isEmpty() ? field : above + "." + field;
  }
}
