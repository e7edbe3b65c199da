package io.tasklane.cli.apply;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Messages as YAML that {@code tasklane apply} reads again, and then says the same. */
public final class YamlText {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");
  private static final Pattern WORD = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");
  private static final String STEP = "  ";

  private final List<String> lines = new ArrayList<>();

  private YamlText() {}

  /**
   * The lines of a document.
   *
   * @param kind as files call it
   * @param name final part of the name
   */
  public static List<String> of(String kind, String name, Message message) {
    YamlText text = new YamlText();
    text.lines.add("kind: " + kind);
    text.lines.add("name: " + scalar(new JsonPrimitive(name)));
    JsonObject tree = tree(ServerFields.without(message)).getAsJsonObject();
    tree.remove("name");
    text.object(tree, "");
    return text.lines;
  }

  private static JsonElement tree(Message message) {
    try {
      return payloads(
          JsonParser.parseString(JsonFormat.printer().preservingProtoFieldNames().print(message)));
    } catch (InvalidProtocolBufferException impossible) {
      throw new IllegalArgumentException(impossible);
    }
  }

  /** Payloads of JSON stand as the JSON that they hold. */
  private static JsonElement payloads(JsonElement tree) {
    if (tree.isJsonArray()) {
      JsonArray array = new JsonArray();
      tree.getAsJsonArray().forEach(each -> array.add(payloads(each)));
      return array;
    }
    if (!tree.isJsonObject()) {
      return tree;
    }
    JsonObject object = tree.getAsJsonObject();
    if (object.has("inline") && object.has("content_type")) {
      byte[] body = Base64.getDecoder().decode(object.get("inline").getAsString());
      return JsonParser.parseString(new String(body, StandardCharsets.UTF_8));
    }
    JsonObject all = new JsonObject();
    object.entrySet().forEach(each -> all.add(each.getKey(), payloads(each.getValue())));
    return all;
  }

  private void object(JsonObject object, String indent) {
    for (Map.Entry<String, JsonElement> each : object.entrySet()) {
      field(indent + scalar(new JsonPrimitive(each.getKey())) + ":", each.getValue(), indent);
    }
  }

  private void field(String start, JsonElement value, String indent) {
    if (value.isJsonObject() && !value.getAsJsonObject().isEmpty()) {
      lines.add(start);
      object(value.getAsJsonObject(), indent + STEP);
    } else if (value.isJsonArray() && hasObjects(value.getAsJsonArray())) {
      lines.add(start);
      value.getAsJsonArray().forEach(each -> element(each, indent + STEP));
    } else {
      lines.add(start + " " + scalar(value));
    }
  }

  private static boolean hasObjects(JsonArray array) {
    for (JsonElement each : array) {
      if (each.isJsonObject() && !each.getAsJsonObject().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private void element(JsonElement value, String indent) {
    if (!value.isJsonObject() || value.getAsJsonObject().isEmpty()) {
      lines.add(indent + "- " + scalar(value));
      return;
    }
    int first = lines.size();
    object(value.getAsJsonObject(), indent + STEP);
    String line = lines.get(first);
    lines.set(first, indent + "- " + line.substring(indent.length() + STEP.length()));
  }

  /** JSON is YAML; a plain word goes without quotes. */
  private static String scalar(JsonElement value) {
    if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()) {
      String text = value.getAsString();
      if (PLAIN.matcher(text).matches() && !WORD.matcher(text).matches()) {
        return text;
      }
    }
    return value.toString();
  }
}
