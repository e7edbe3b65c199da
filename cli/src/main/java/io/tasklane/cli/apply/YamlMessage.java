package io.tasklane.cli.apply;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.command.TimeSpan;
import io.tasklane.cli.yaml.YamlFault;
import io.tasklane.cli.yaml.YamlJson;
import io.tasklane.cli.yaml.YamlObject;
import io.tasklane.cli.yaml.YamlScalar;
import io.tasklane.v1.Payload;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a mapping as a message of the contract, field by field, and remembers the line of each. A
 * payload stands as the JSON value that it holds.
 */
final class YamlMessage {
  private static final String INPUTS = "workflow.inputs.";

  private final Map<String, Integer> lines = new HashMap<>();
  private final JsonElement inputSchema;

  /**
   * Reads messages.
   *
   * @param inputSchema of the inputs of the workflow in it
   */
  YamlMessage(JsonElement inputSchema) {
    this.inputSchema = inputSchema;
  }

  /** Lines by paths. */
  Map<String, Integer> lines() {
    return lines;
  }

  /** Reads a mapping into a message. */
  void read(Map<String, Node> values, String path, Message.Builder into) throws YamlFault {
    for (Map.Entry<String, Node> each : values.entrySet()) {
      String at = YamlObject.path(path, each.getKey());
      lines.put(at, YamlFault.line(each.getValue()));
      FieldDescriptor field = field(each, at, into);
      if (field.isMapField()) {
        readMap(each.getValue(), at, field, into);
      } else if (field.isRepeated()) {
        readList(each.getValue(), at, field, into);
      } else {
        into.setField(field, value(each.getValue(), at, field, element(field, into)));
      }
    }
  }

  private static FieldDescriptor field(
      Map.Entry<String, Node> each, String at, Message.Builder into) throws YamlFault {
    FieldDescriptor field = into.getDescriptorForType().findFieldByName(each.getKey());
    if (field == null) {
      throw YamlFault.at(
          each.getValue(),
          at,
          "there is no such field; there are " + String.join(", ", ServerFields.of(into)));
    }
    if (ServerFields.isSet(field)) {
      throw YamlFault.at(each.getValue(), at, "only the server sets this field: leave it out");
    }
    Optional<FieldDescriptor> other =
        Optional.ofNullable(field.getRealContainingOneof()).map(into::getOneofFieldDescriptor);
    if (other.isPresent()) {
      throw YamlFault.at(
          each.getValue(), at, other.get().getName() + " is given too: only one of them may be");
    }
    return field;
  }

  private void readList(Node node, String path, FieldDescriptor field, Message.Builder into)
      throws YamlFault {
    if (!(node instanceof SequenceNode sequence)) {
      throw YamlFault.at(
          node, path, "here stands " + YamlScalar.kind(node) + ", where a list is needed");
    }
    List<Node> elements = sequence.getValue();
    for (int i = 0; i < elements.size(); i++) {
      String at = path + "[" + i + "]";
      lines.put(at, YamlFault.line(elements.get(i)));
      into.addRepeatedField(field, value(elements.get(i), at, field, element(field, into)));
    }
  }

  private static Message.Builder element(FieldDescriptor field, Message.Builder into) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        ? into.newBuilderForField(field)
        : null;
  }

  private void readMap(Node node, String path, FieldDescriptor field, Message.Builder into)
      throws YamlFault {
    FieldDescriptor valueField = field.getMessageType().findFieldByName("value");
    for (Map.Entry<String, Node> each : YamlObject.of(node, path).entrySet()) {
      String at = path + "[\"" + each.getKey() + "\"]";
      lines.put(at, YamlFault.line(each.getValue()));
      Message.Builder entry = into.newBuilderForField(field);
      entry.setField(field.getMessageType().findFieldByName("key"), each.getKey());
      String shown = YamlObject.path(path, each.getKey());
      entry.setField(
          valueField, value(each.getValue(), shown, valueField, element(valueField, entry)));
      into.addRepeatedField(field, entry.build());
    }
  }

  private Object value(Node node, String path, FieldDescriptor field, Message.Builder part)
      throws YamlFault {
    return switch (field.getJavaType()) {
      case STRING -> text(node, path, field);
      case BOOLEAN -> YamlScalar.truth(node, path);
      case INT -> (int) whole(node, path, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> whole(node, path, Long.MIN_VALUE, Long.MAX_VALUE);
      case DOUBLE -> Double.valueOf(YamlScalar.number(node, path));
      case FLOAT -> Float.valueOf(YamlScalar.number(node, path));
      case ENUM -> constant(node, path, field.getEnumType());
      case MESSAGE -> message(node, path, part);
      case BYTE_STRING -> throw YamlFault.at(node, path, "bytes are not read from YAML");
    };
  }

  /** A schema may stand as YAML, and is sent as the text of JSON that it is. */
  private static String text(Node node, String path, FieldDescriptor field) throws YamlFault {
    boolean isSchema = field.getName().equals("input_schema") && !isScalar(node);
    return isSchema ? YamlJson.of(node, path).toString() : YamlScalar.text(node, path);
  }

  private static boolean isScalar(Node node) {
    return node instanceof org.snakeyaml.engine.v2.nodes.ScalarNode;
  }

  private static long whole(Node node, String path, long least, long most) throws YamlFault {
    String text = YamlScalar.number(node, path);
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException fraction) {
      throw YamlFault.at(node, path, text + " is no whole number");
    }
    throw YamlFault.at(node, path, text + " is not allowed: " + least + " to " + most + " are");
  }

  /** By its name in the contract, or by the end of it, as in IGNORE. */
  private static EnumValueDescriptor constant(Node node, String path, EnumDescriptor type)
      throws YamlFault {
    String text = YamlScalar.text(node, path);
    for (EnumValueDescriptor each : type.getValues()) {
      boolean isZero = each.getNumber() == 0;
      if (!isZero && (each.getName().equals(text) || each.getName().equals(prefix(type) + text))) {
        return each;
      }
    }
    List<String> names =
        type.getValues().stream()
            .filter(each -> each.getNumber() != 0)
            .map(each -> each.getName().substring(prefix(type).length()))
            .toList();
    throw YamlFault.at(
        node, path, "\"" + text + "\" is not allowed: one of " + String.join(", ", names) + " is");
  }

  private static String prefix(EnumDescriptor type) {
    String zero = type.getValues().get(0).getName();
    return zero.substring(0, zero.length() - "UNSPECIFIED".length());
  }

  private Message message(Node node, String path, Message.Builder part) throws YamlFault {
    String type = part.getDescriptorForType().getFullName();
    if (type.equals(Payload.getDescriptor().getFullName())) {
      return payload(node, path);
    }
    if (type.equals(Duration.getDescriptor().getFullName())) {
      return duration(node, path);
    }
    if (type.equals(Timestamp.getDescriptor().getFullName())) {
      return timestamp(node, path);
    }
    read(YamlObject.of(node, path), path, part);
    return part.build();
  }

  private Payload payload(Node node, String path) throws YamlFault {
    JsonElement schema =
        path.startsWith(INPUTS)
            ? YamlJson.member(
                YamlJson.member(inputSchema, "properties"), path.substring(INPUTS.length()))
            : new JsonObject();
    String json = YamlJson.of(node, path, schema).toString();
    return Payload.newBuilder()
        .setContentType("application/json")
        .setInline(ByteString.copyFromUtf8(json))
        .build();
  }

  private static Duration duration(Node node, String path) throws YamlFault {
    String text = YamlScalar.text(node, path);
    try {
      java.time.Duration span = new TimeSpan().convert(text);
      return Duration.newBuilder().setSeconds(span.getSeconds()).setNanos(span.getNano()).build();
    } catch (TypeConversionException none) {
      throw YamlFault.at(node, path, none.getMessage());
    }
  }

  private static Timestamp timestamp(Node node, String path) throws YamlFault {
    String text = YamlScalar.text(node, path);
    try {
      return Timestamps.parse(text);
    } catch (ParseException none) {
      throw YamlFault.at(node, path, "\"" + text + "\" is no time such as 2026-11-30T09:30:00Z");
    }
  }
}
