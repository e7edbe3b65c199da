package io.tasklane.trading.format;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** JSON texts read and written. Factories are kept because looking one up is slow. */
public final class JsonText {
  private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());
  private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

  private JsonText() {}

  /** A new, empty object. */
  public static JsonObjectBuilder object() {
    return BUILDERS.createObjectBuilder();
  }

  /** A new object that begins with those members. */
  public static JsonObjectBuilder object(JsonObject members) {
    return BUILDERS.createObjectBuilder(members);
  }

  /** A new, empty array. */
  public static JsonArrayBuilder array() {
    return BUILDERS.createArrayBuilder();
  }

  /** An array of these texts. */
  public static JsonArrayBuilder texts(Collection<String> texts) {
    JsonArrayBuilder array = array();
    texts.forEach(array::add);
    return array;
  }

  /** The object or array that is all of that text; place is named when it is none. */
  public static JsonStructure parse(String place, String text) {
    try (JsonParser parser = parser(text)) {
      parser.next();
      JsonValue json = value(parser);
      // Asks for what follows the end, of which there must be nothing.
      parser.hasNext();
      if (json instanceof JsonStructure structure) {
        return structure;
      }
    } catch (JsonParsingException e) {
      String at = " line " + e.getLocation().getLineNumber();
      throw DataFault.unreadable(
          place + at, "is not JSON: expected an object or an array; " + e.getMessage(), e);
    } catch (JsonException e) {
      throw DataFault.unreadable(place, "is not JSON: " + e.getMessage(), e);
    }
    throw DataFault.invalid(place, text, "a JSON object or array");
  }

  /**
   * The value that the parser has come to.
   *
   * @throws JsonException also where it nests too deep or a number is too long, which the parser
   *     reports with exceptions of other kinds
   */
  public static JsonValue value(JsonParser parser) {
    try {
      return parser.getValue();
    } catch (JsonException malformed) {
      throw malformed;
    } catch (RuntimeException limit) {
      throw new JsonException("it is beyond what can be read: " + limit.getMessage(), limit);
    }
  }

  /** A parser over a text that is too long to be built as a whole; its faults are the caller's. */
  public static JsonParser parser(String text) {
    return PARSERS.createParser(new StringReader(text));
  }

  /** The records of a file that holds an array of objects, or one object alone. */
  public static List<JsonRecord> records(String file, byte[] bytes) {
    JsonStructure json = parse(file, Utf8.text(file, bytes));
    if (json instanceof JsonObject object) {
      return List.of(new JsonRecord(file, "", object));
    }
    JsonArray array = (JsonArray) json;
    List<JsonRecord> records = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      if (!(array.get(i) instanceof JsonObject object)) {
        throw DataFault.invalid(file + " [" + i + "]", array.get(i).toString(), "an object");
      }
      records.add(new JsonRecord(file, "[" + i + "]", object));
    }
    return records;
  }
}
