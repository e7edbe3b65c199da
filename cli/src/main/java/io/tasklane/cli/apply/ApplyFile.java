package io.tasklane.cli.apply;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import com.google.protobuf.Message;
import io.tasklane.cli.command.CommandFailure;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.FileFault;
import io.tasklane.cli.yaml.YamlDocuments;
import io.tasklane.cli.yaml.YamlFault;
import io.tasklane.cli.yaml.YamlJson;
import io.tasklane.cli.yaml.YamlObject;
import io.tasklane.cli.yaml.YamlScalar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads what a file describes: one or several documents, each of a kind. */
public final class ApplyFile {
  private ApplyFile() {}

  /**
   * Reads a file.
   *
   * @param given its path, or "-" for standard input
   * @throws CommandFailure USAGE with the file, the line and the path
   */
  static List<Wanted> read(String given, InputStream input) {
    try {
      return parse(text(given, input));
    } catch (YamlFault fault) {
      throw new CommandFailure(ExitCode.USAGE, "-f " + given + ": " + fault.getMessage());
    }
  }

  /**
   * Makes the server keep what a file describes.
   *
   * @param file its path
   * @return the names, in the order of the file
   * @throws CommandFailure USAGE with the file, the line and the path
   */
  public static List<String> store(String file, Connection connection) {
    List<String> names = new ArrayList<>();
    for (Wanted wanted : read(file, InputStream.nullInputStream())) {
      Kind.Calls calls = wanted.kind().calls(connection);
      wanted.store(calls, calls.find(wanted.name()), false);
      names.add(wanted.name());
    }
    return names;
  }

  /**
   * Makes the server keep a message.
   *
   * @param kind as files call it, such as "Schedule"
   * @param id final part of its name
   * @return its name
   */
  public static String store(String kind, String id, Message message, Connection connection) {
    Kind found = Kind.of(kind).orElseThrow();
    Wanted wanted = new Wanted(found, id, message, Map.of(), 1);
    Kind.Calls calls = found.calls(connection);
    wanted.store(calls, calls.find(wanted.name()), false);
    return wanted.name();
  }

  private static String text(String given, InputStream input) {
    try {
      byte[] bytes = given.equals("-") ? input.readAllBytes() : Files.readAllBytes(Path.of(given));
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (InvalidPathException none) {
      throw refused(given, "this is no name of a file");
    } catch (CharacterCodingException other) {
      throw refused(given, "it is not UTF-8");
    } catch (IOException failed) {
      throw refused(given, FileFault.words(Path.of(given), failed));
    }
  }

  private static CommandFailure refused(String given, String why) {
    return new CommandFailure(ExitCode.USAGE, "-f " + given + ": " + why);
  }

  /** What a text describes. */
  static List<Wanted> parse(String text) throws YamlFault {
    List<Wanted> all = new ArrayList<>();
    for (Node document : YamlDocuments.of(text)) {
      if (!isEmpty(document)) {
        all.add(wanted(document));
      }
    }
    if (all.isEmpty()) {
      throw new YamlFault(1, "", "it describes nothing");
    }
    return all;
  }

  private static boolean isEmpty(Node document) {
    return document instanceof ScalarNode scalar
        && scalar.getTag().equals(Tag.NULL)
        && scalar.getValue().isEmpty();
  }

  private static Wanted wanted(Node document) throws YamlFault {
    Map<String, Node> values = YamlObject.of(document, "");
    Kind kind = kind(document, values);
    String id = id(document, values, kind);
    YamlMessage reader = new YamlMessage(schema(values));
    Message.Builder message = kind.message();
    reader.read(values, "", message);
    return new Wanted(kind, id, message.build(), reader.lines(), YamlFault.line(document));
  }

  private static Kind kind(Node document, Map<String, Node> values) throws YamlFault {
    String allowed = String.join(" or ", Kind.words());
    Node node = values.remove("kind");
    if (node == null) {
      throw YamlFault.at(document, "kind", "is missing: " + allowed);
    }
    String word = YamlScalar.text(node, "kind");
    return Kind.of(word)
        .orElseThrow(
            () -> YamlFault.at(node, "kind", "\"" + word + "\" is not allowed: " + allowed));
  }

  private static String id(Node document, Map<String, Node> values, Kind kind) throws YamlFault {
    Node node = values.remove("name");
    if (node == null) {
      throw YamlFault.at(document, "name", "is missing");
    }
    String name = YamlScalar.text(node, "name");
    return name.startsWith(kind.prefix()) ? name.substring(kind.prefix().length()) : name;
  }

  /** The schema of the inputs, where it can be read; if it cannot, the server says so. */
  private static JsonElement schema(Map<String, Node> values) throws YamlFault {
    Node node = values.get("input_schema");
    if (node == null) {
      return new JsonObject();
    }
    if (!(node instanceof ScalarNode scalar)) {
      return YamlJson.of(node, "input_schema");
    }
    try {
      return JsonParser.parseString(scalar.getValue());
    } catch (JsonSyntaxException none) {
      return new JsonObject();
    }
  }
}
