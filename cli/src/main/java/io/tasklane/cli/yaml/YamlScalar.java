package io.tasklane.cli.yaml;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import com.google.gson.internal.LazilyParsedNumber;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads single values: only what has one spelling, so that nobody reads another value in it. */
public final class YamlScalar {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private YamlScalar() {}

  /** What stands there, in words. */
  public static String kind(Node node) {
    if (node instanceof ScalarNode scalar) {
      String text = scalar.getValue();
      if (node.getTag().equals(Tag.STR)) {
        return "the text \"" + text + "\"";
      }
      return text.isEmpty() ? "nothing" : text + ", " + what(node.getTag());
    }
    return node instanceof MappingNode ? "a mapping" : "a list";
  }

  private static String what(Tag tag) {
    if (tag.equals(Tag.BOOL)) {
      return "which is read as true or false";
    }
    return tag.equals(Tag.NULL) ? "which is read as no value" : "which is read as a number";
  }

  /** A text: quoted, or such that YAML reads it as nothing else. */
  public static String text(Node node, String path) throws YamlFault {
    if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)) {
      return scalar.getValue();
    }
    String cure =
        node instanceof ScalarNode scalar
            ? ": put it in quotes, \"" + scalar.getValue() + "\""
            : "";
    throw YamlFault.at(node, path, "here stands " + kind(node) + ", where a text is needed" + cure);
  }

  /** A number, letter by letter, as JSON writes it. */
  public static String number(Node node, String path) throws YamlFault {
    boolean isNumber = node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
    if (!(node instanceof ScalarNode scalar) || !isNumber) {
      throw YamlFault.at(node, path, "here stands " + kind(node) + ", where a number is needed");
    }
    if (!NUMBER.matcher(scalar.getValue()).matches()) {
      throw YamlFault.at(
          node,
          path,
          scalar.getValue()
              + " is not taken as a number: write it as JSON does, without leading zeros; a text"
              + " goes in quotes");
    }
    return scalar.getValue();
  }

  /** True or false, in these letters. */
  public static boolean truth(Node node, String path) throws YamlFault {
    if (node instanceof ScalarNode scalar
        && scalar.getTag().equals(Tag.BOOL)
        && scalar.getValue().matches("true|false")) {
      return scalar.getValue().equals("true");
    }
    throw YamlFault.at(node, path, "here stands " + kind(node) + ", where true or false is needed");
  }

  /** A value of JSON. */
  public static JsonElement json(ScalarNode node, String path) throws YamlFault {
    if (node.getTag().equals(Tag.STR)) {
      return new JsonPrimitive(node.getValue());
    }
    if (node.getTag().equals(Tag.BOOL)) {
      if (!node.getValue().matches("true|false")) {
        throw YamlFault.at(
            node, path, node.getValue() + " is not taken: write true, false or a quoted text");
      }
      return new JsonPrimitive(truth(node, path));
    }
    if (node.getTag().equals(Tag.NULL)) {
      if (!node.getValue().matches("null|~|")) {
        throw YamlFault.at(node, path, node.getValue() + " is not taken: write null, or quotes");
      }
      return JsonNull.INSTANCE;
    }
    return new JsonPrimitive(new LazilyParsedNumber(number(node, path)));
  }
}
