package io.tasklane.cli.profile;

import com.google.gson.JsonPrimitive;
import io.tasklane.cli.yaml.YamlDocuments;
import io.tasklane.cli.yaml.YamlFault;
import io.tasklane.cli.yaml.YamlObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Profiles as YAML. What is wrong is said without the value, which may be a token. */
final class ProfileText {
  private ProfileText() {}

  /** What a text says. */
  static Profiles read(String text) throws YamlFault {
    List<Node> documents = YamlDocuments.of(text);
    if (documents.isEmpty()) {
      return Profiles.NONE;
    }
    Map<String, Node> values = fields(documents.get(0), "", Set.of("use", "profiles"));
    Map<String, Profile> all = new TreeMap<>();
    if (values.containsKey("profiles")) {
      Map<String, Node> profiles = YamlObject.of(mapping(values.get("profiles"), "profiles"), "");
      for (Map.Entry<String, Node> each : profiles.entrySet()) {
        all.put(each.getKey(), profile(each.getValue(), "profiles." + each.getKey()));
      }
    }
    Node use = values.get("use");
    if (use != null && !all.containsKey(word(use, "use"))) {
      throw YamlFault.at(use, "use", "there is no such profile");
    }
    return new Profiles(all, use == null ? Optional.empty() : Optional.of(word(use, "use")));
  }

  private static Profile profile(Node node, String path) throws YamlFault {
    Map<String, Node> values = fields(node, path, Set.of("server", "token"));
    if (!values.containsKey("server")) {
      throw YamlFault.at(node, path + ".server", "is missing: HOST:PORT");
    }
    Node token = values.get("token");
    return new Profile(
        word(values.get("server"), path + ".server"),
        token == null ? Optional.empty() : Optional.of(word(token, path + ".token")));
  }

  private static Map<String, Node> fields(Node node, String path, Set<String> allowed)
      throws YamlFault {
    Map<String, Node> values = YamlObject.of(mapping(node, path), path);
    for (Map.Entry<String, Node> each : values.entrySet()) {
      if (!allowed.contains(each.getKey())) {
        String names = String.join(" and ", allowed.stream().sorted().toList());
        throw YamlFault.at(
            each.getValue(), YamlObject.path(path, each.getKey()), "is not known: " + names);
      }
    }
    return values;
  }

  private static Node mapping(Node node, String path) throws YamlFault {
    if (node instanceof MappingNode) {
      return node;
    }
    throw YamlFault.at(node, path, "here key: value is needed");
  }

  private static String word(Node node, String path) throws YamlFault {
    if (node instanceof ScalarNode scalar
        && scalar.getTag().equals(Tag.STR)
        && !scalar.getValue().isEmpty()) {
      return scalar.getValue();
    }
    throw YamlFault.at(node, path, "a text is needed: put it in quotes");
  }

  /** The text that says this. */
  static String of(Profiles profiles) {
    List<String> lines = new ArrayList<>();
    lines.add("# Written by `tasklane profile`; it may be edited, comments do not stay.");
    profiles.used().ifPresent(name -> lines.add("use: " + quoted(name)));
    lines.add(profiles.byName().isEmpty() ? "profiles: {}" : "profiles:");
    profiles
        .byName()
        .forEach(
            (name, profile) -> {
              lines.add("  " + quoted(name) + ":");
              lines.add("    server: " + quoted(profile.server()));
              profile.token().ifPresent(token -> lines.add("    token: " + quoted(token)));
            });
    return String.join("\n", lines) + "\n";
  }

  /** A string of JSON, which is one of YAML too. */
  private static String quoted(String text) {
    return new JsonPrimitive(text).toString();
  }
}
