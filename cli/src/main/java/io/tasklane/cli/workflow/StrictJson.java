package io.tasklane.cli.workflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.internal.LazilyParsedNumber;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads JSON as RFC 8259 has it, and refuses a key that stands twice in one object. */
final class StrictJson {
  private static final Pattern PLACE = Pattern.compile("at line (\\d+) column (\\d+) path (\\S+)");

  /** It is no such JSON; the message names the line. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  private final JsonReader reader;

  private StrictJson(JsonReader reader) {
    this.reader = reader;
  }

  static JsonElement read(String text) throws MalformedException {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      StrictJson json = new StrictJson(reader);
      JsonElement tree = json.element();
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new MalformedException(json.place() + ": there is more after the end");
      }
      return tree;
    } catch (EOFException end) {
      throw new MalformedException("it ends too early: " + end.getMessage());
    } catch (MalformedJsonException malformed) {
      throw new MalformedException(malformed.getMessage());
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private JsonElement element() throws IOException, MalformedException {
    switch (reader.peek()) {
      case BEGIN_OBJECT:
        return object();
      case BEGIN_ARRAY:
        return array();
      case NULL:
        reader.nextNull();
        return JsonNull.INSTANCE;
      case BOOLEAN:
        return new JsonPrimitive(reader.nextBoolean());
      case NUMBER:
        return new JsonPrimitive(new LazilyParsedNumber(reader.nextString()));
      default:
        return new JsonPrimitive(reader.nextString());
    }
  }

  private JsonObject object() throws IOException, MalformedException {
    JsonObject object = new JsonObject();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      if (object.has(name)) {
        throw new MalformedException(place() + ": the key \"" + name + "\" stands twice");
      }
      object.add(name, element());
    }
    reader.endObject();
    return object;
  }

  private JsonArray array() throws IOException, MalformedException {
    JsonArray array = new JsonArray();
    reader.beginArray();
    while (reader.hasNext()) {
      array.add(element());
    }
    reader.endArray();
    return array;
  }

  private String place() {
    Matcher place = PLACE.matcher(reader.toString());
    return place.find() ? "line " + place.group(1) + ", " + place.group(3) : "somewhere";
  }
}
