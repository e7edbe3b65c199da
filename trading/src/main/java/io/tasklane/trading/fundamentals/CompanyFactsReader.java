package io.tasklane.trading.fundamentals;

import io.tasklane.trading.format.DataFault;
import io.tasklane.trading.format.JsonRecord;
import io.tasklane.trading.format.JsonText;
import io.tasklane.trading.format.Utf8;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParsingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Reads a file as the SEC's companyfacts API gives it. Such a file has thousands of concepts and
 * megabytes, so all but the few wanted ones are skipped and never built.
 */
final class CompanyFactsReader {
  private static final Map<String, Concept> WANTED = wanted();

  private final String file;
  private final JsonParser parser;
  private final Map<String, List<Fact>> byName = new HashMap<>();
  private String entity = "";
  private boolean hasFacts;

  private CompanyFactsReader(String file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /**
   * Reads the facts of the wanted concepts.
   *
   * @throws io.tasklane.task.FailureException permanent, naming the file and the place in it
   */
  static CompanyFacts read(String file, byte[] bytes) {
    try (JsonParser parser = JsonText.parser(Utf8.text(file, bytes))) {
      CompanyFactsReader reader = new CompanyFactsReader(file, parser);
      reader.file();
      return new CompanyFacts(reader.entity, reader.byName);
    } catch (JsonParsingException e) {
      String at = " line " + e.getLocation().getLineNumber();
      throw DataFault.unreadable(file + at, "is not JSON: " + e.getMessage(), e);
    } catch (JsonException | NoSuchElementException e) {
      throw DataFault.unreadable(file, "ends too early, or is not JSON: " + e.getMessage(), e);
    }
  }

  private void file() {
    require(parser.next() == Event.START_OBJECT, "", "an object with the member facts");
    while (parser.next() == Event.KEY_NAME) {
      String key = parser.getString();
      Event value = parser.next();
      if (key.equals("entityName") && value == Event.VALUE_STRING) {
        entity = parser.getString();
      } else if (key.equals("facts")) {
        require(value == Event.START_OBJECT, "facts", "an object of taxonomies");
        taxonomies();
        hasFacts = true;
      } else {
        skip(value);
      }
    }
    require(hasFacts, "facts", "an object of taxonomies; it is missing");
    // Asks for what follows the end, of which there must be nothing.
    parser.hasNext();
  }

  private void taxonomies() {
    while (parser.next() == Event.KEY_NAME) {
      String path = "facts." + parser.getString();
      require(parser.next() == Event.START_OBJECT, path, "an object of concepts");
      concepts(path);
    }
  }

  private void concepts(String path) {
    while (parser.next() == Event.KEY_NAME) {
      String name = parser.getString();
      Event value = parser.next();
      Concept concept = WANTED.get(name);
      if (concept == null) {
        skip(value);
      } else {
        require(value == Event.START_OBJECT, path + "." + name, "an object with the member units");
        facts(name, concept, path + "." + name, JsonText.value(parser).asJsonObject());
      }
    }
  }

  private void facts(String name, Concept concept, String path, JsonObject json) {
    if (!(json.get("units") instanceof JsonObject units)) {
      throw fault(path + ".units", String.valueOf(json.get("units")), "an object of units");
    }
    JsonValue inUnit = units.get(concept.unit().key());
    String at = path + ".units." + concept.unit().key();
    if (inUnit == null) {
      return;
    }
    if (!(inUnit instanceof JsonArray array)) {
      throw fault(at, inUnit.toString(), "an array of facts");
    }
    List<Fact> facts = byName.computeIfAbsent(name, any -> new ArrayList<>());
    for (int i = 0; i < array.size(); i++) {
      String place = at + "[" + i + "]";
      if (!(array.get(i) instanceof JsonObject fact)) {
        throw fault(place, array.get(i).toString(), "an object");
      }
      Fact.of(new JsonRecord(file, place, fact)).ifPresent(facts::add);
    }
  }

  private void skip(Event value) {
    if (value == Event.START_OBJECT) {
      parser.skipObject();
    } else if (value == Event.START_ARRAY) {
      parser.skipArray();
    }
  }

  private void require(boolean holds, String path, String allowed) {
    if (!holds) {
      String line = "line " + parser.getLocation().getLineNumber();
      throw fault(path, line, allowed);
    }
  }

  private RuntimeException fault(String path, String value, String allowed) {
    return DataFault.invalid((file + " " + path).strip(), value, allowed);
  }

  private static Map<String, Concept> wanted() {
    Map<String, Concept> wanted = new HashMap<>();
    for (Concept concept : Concept.values()) {
      concept.names().forEach(name -> wanted.put(name, concept));
    }
    return Map.copyOf(wanted);
  }
}
