package io.tasklane.cli.output;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** Messages as proto JSON, in which a JSON payload stands as JSON and not as base64. */
public final class Json {
  private static final Gson PRETTY =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
  private static final Gson COMPACT = new GsonBuilder().disableHtmlEscaping().create();

  private Json() {}

  /**
   * Translates a message.
   *
   * @param message of the wire contract
   * @return its proto JSON; a payload's {@code inline} bytes are replaced by the JSON they hold
   */
  public static JsonElement of(MessageOrBuilder message) {
    try {
      JsonElement tree = JsonParser.parseString(JsonFormat.printer().print(message));
      open(tree);
      return tree;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not printable as JSON: " + message.getClass(), e);
    }
  }

  /**
   * Prints for people.
   *
   * @param tree what to print
   * @return it over several lines
   */
  public static String pretty(JsonElement tree) {
    return PRETTY.toJson(tree);
  }

  /**
   * Prints for programs that read line by line.
   *
   * @param tree what to print
   * @return it on one line
   */
  public static String line(JsonElement tree) {
    return COMPACT.toJson(tree);
  }

  private static void open(JsonElement tree) {
    if (tree.isJsonArray()) {
      tree.getAsJsonArray().forEach(Json::open);
    }
    if (tree.isJsonObject()) {
      tree.getAsJsonObject().entrySet().forEach(Json::openEntry);
    }
  }

  private static void openEntry(Map.Entry<String, JsonElement> entry) {
    if (isInlinePayload(entry.getValue())) {
      openPayload(entry.getValue().getAsJsonObject());
    } else {
      open(entry.getValue());
    }
  }

  private static boolean isInlinePayload(JsonElement value) {
    return value.isJsonObject()
        && value.getAsJsonObject().has("inline")
        && value.getAsJsonObject().get("inline").isJsonPrimitive();
  }

  private static void openPayload(JsonObject payload) {
    byte[] body = Base64.getDecoder().decode(payload.get("inline").getAsString());
    try {
      String text = new String(body, StandardCharsets.UTF_8);
      payload.add("inline", JsonParser.parseString(text));
    } catch (JsonSyntaxException e) {
      return; // Not JSON: the base64 stays, as proto JSON has it.
    }
  }
}
