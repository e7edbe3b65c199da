package io.tasklane.cli.demo;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Comparator;
import java.util.List;

/** Reads the news digests of the morning. */
final class NewsDigests {
  private NewsDigests() {}

  /** Sorted by impact, the largest first. */
  static List<JsonObject> byImpact(List<JsonObject> digests) {
    Comparator<JsonObject> weight = Comparator.comparingDouble(each -> number(each, "max_impact"));
    return digests.stream().sorted(weight.reversed()).toList();
  }

  /** The headline of a digest, as a news item. */
  static JsonObject headline(JsonObject digest) {
    JsonObject item = new JsonObject();
    item.add("symbol", digest.get("symbol"));
    item.add("headline", digest.get("headline"));
    item.add("impact_score", digest.get("max_impact"));
    item.add("sentiment", digest.get("max_impact_sentiment"));
    return item;
  }

  static String text(JsonObject item, String field) {
    JsonElement value = item.get(field);
    return value == null || value.isJsonNull() ? "" : value.getAsString();
  }

  private static double number(JsonObject item, String field) {
    JsonElement value = item.get(field);
    return value == null || value.isJsonNull() ? 0 : value.getAsDouble();
  }
}
