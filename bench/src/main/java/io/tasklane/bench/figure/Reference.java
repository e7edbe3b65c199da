package io.tasklane.bench.figure;

import com.google.gson.JsonObject;

/**
 * A figure that ours is compared with, in the same unit and from the same run.
 *
 * @param name what it is, for example "PostgreSQL, single-row inserts"
 * @param value the figure
 */
public record Reference(String name, double value) {

  JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("name", name);
    json.addProperty("value", Figures.rounded(value));
    return json;
  }

  static Reference read(JsonObject json) {
    return new Reference(json.get("name").getAsString(), json.get("value").getAsDouble());
  }
}
