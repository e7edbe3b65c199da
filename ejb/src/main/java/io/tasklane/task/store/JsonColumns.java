package io.tasklane.task.store;

import io.tasklane.task.Dependency;
import io.tasklane.task.DependencyPolicy;
import io.tasklane.task.Progress;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
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
  // looked up once: Json.create... searches all archives for its provider each time
  private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());
  private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

  private JsonColumns() {}

  /** An object to be filled. */
  public static JsonObjectBuilder builder() {
    return BUILDERS.createObjectBuilder();
  }

  /** A column as the JSON object it holds. */
  public static JsonObject object(String column) {
    return parse(column);
  }

  static String labels(Map<String, String> labels) {
    if (labels.isEmpty()) {
      return null;
    }
    JsonObjectBuilder object = builder();
    labels.forEach(object::add);
    return object.build().toString();
  }

  static Map<String, String> labels(String column) {
    Map<String, String> labels = new LinkedHashMap<>();
    if (column != null) {
      parse(column).forEach((key, value) -> labels.put(key, text(value)));
    }
    return labels;
  }

  static String dependencies(List<Dependency> dependencies) {
    if (dependencies.isEmpty()) {
      return null;
    }
    JsonArrayBuilder array = BUILDERS.createArrayBuilder();
    for (Dependency dependency : dependencies) {
      JsonObjectBuilder one =
          builder().add("task", dependency.taskId()).add("policy", dependency.policy().code());
      dependency.inputKey().ifPresent(key -> one.add("input_key", key));
      array.add(one);
    }
    return array.build().toString();
  }

  static List<Dependency> dependencies(String column) {
    if (column == null) {
      return List.of();
    }
    try (JsonReader reader = READERS.createReader(new StringReader(column))) {
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

  static String progress(Progress progress) {
    return builder()
        .add("completed_units", progress.completedUnits())
        .add("total_units", progress.totalUnits())
        .add("current_unit", progress.currentUnit())
        .add("message", progress.message())
        .add("update_time", progress.updateTime().toString())
        .build()
        .toString();
  }

  static Progress progress(String column) {
    JsonObject object = parse(column);
    return new Progress(
        object.getJsonNumber("completed_units").longValue(),
        object.getJsonNumber("total_units").longValue(),
        object.getString("current_unit"),
        object.getString("message"),
        Instant.parse(object.getString("update_time")));
  }

  private static String text(JsonValue value) {
    return ((JsonString) value).getString();
  }

  private static JsonObject parse(String column) {
    try (JsonReader reader = READERS.createReader(new StringReader(column))) {
      return reader.readObject();
    }
  }
}
