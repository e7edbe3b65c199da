package io.tasklane.task.row;

import io.tasklane.database.JsonMakers;
import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.task.Progress;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The small JSON columns of a task. */
public final class JsonColumns {
  private JsonColumns() {}

  /** A column as the JSON object it holds. */
  public static JsonObject object(String column) {
    return parse(column);
  }

  /** Labels as JSON text; null for none. */
  public static String labels(Map<String, String> labels) {
    if (labels.isEmpty()) {
      return null;
    }
    JsonObjectBuilder object = JsonMakers.BUILDERS.createObjectBuilder();
    labels.forEach(object::add);
    return object.build().toString();
  }

  static String units(Map<String, Integer> units) {
    if (units.isEmpty()) {
      return null;
    }
    JsonObjectBuilder object = JsonMakers.BUILDERS.createObjectBuilder();
    units.forEach(object::add);
    return object.build().toString();
  }

  static Map<String, Integer> units(String column) {
    if (column == null) {
      return Map.of();
    }
    Map<String, Integer> units = new LinkedHashMap<>();
    JsonObject object = parse(column);
    object.keySet().forEach(key -> units.put(key, object.getInt(key)));
    return units;
  }

  /** Labels from the JSON text of their column, null for none. */
  public static Map<String, String> labels(String column) {
    if (column == null) {
      return Map.of();
    }
    Map<String, String> labels = new LinkedHashMap<>();
    parse(column).forEach((key, value) -> labels.put(key, text(value)));
    return labels;
  }

  static String dependencies(List<Dependency> dependencies) {
    if (dependencies.isEmpty()) {
      return null;
    }
    JsonArrayBuilder array = JsonMakers.BUILDERS.createArrayBuilder();
    for (Dependency dependency : dependencies) {
      JsonObjectBuilder one =
          JsonMakers.BUILDERS
              .createObjectBuilder()
              .add("task", dependency.taskId())
              .add("policy", dependency.policy().code());
      dependency.inputKey().ifPresent(key -> one.add("input_key", key));
      array.add(one);
    }
    return array.build().toString();
  }

  /** The dependencies of a row of {@code task}; none where the column is null. */
  public static List<Dependency> dependencies(String column) {
    if (column == null) {
      return List.of();
    }
    try (JsonReader reader = JsonMakers.READERS.createReader(new StringReader(column))) {
      return reader.readArray().getValuesAs(JsonObject.class).stream()
          .map(JsonColumns::dependency)
          .toList();
    }
  }

  private static Dependency dependency(JsonObject one) {
    return new Dependency(
        one.getString("task"),
        DependencyPolicy.of(one.getInt("policy")),
        Optional.ofNullable(one.getString("input_key", null)));
  }

  /** Progress as JSON text. */
  public static String progress(Progress progress) {
    JsonObjectBuilder json =
        JsonMakers.BUILDERS
            .createObjectBuilder()
            .add("completed_units", progress.completedUnits())
            .add("total_units", progress.totalUnits())
            .add("current_unit", progress.currentUnit())
            .add("message", progress.message())
            .add("update_time", progress.updateTime().toString());
    if (!progress.details().isEmpty()) {
      json.add("details", progress.details());
    }
    return json.build().toString();
  }

  /** Progress from the JSON text of its column. */
  public static Progress progress(String column) {
    JsonObject object = parse(column);
    return new Progress(
        object.getJsonNumber("completed_units").longValue(),
        object.getJsonNumber("total_units").longValue(),
        object.getString("current_unit"),
        object.getString("message"),
        Instant.parse(object.getString("update_time")),
        object.getString("details", ""));
  }

  private static String text(JsonValue value) {
    return ((JsonString) value).getString();
  }

  private static JsonObject parse(String column) {
    try (JsonReader reader = JsonMakers.READERS.createReader(new StringReader(column))) {
      return reader.readObject();
    }
  }
}
