package io.tasklane.cli.demo;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The news of the morning: which of it goes to which analysis, and how urgent that makes it. */
final class NewsDesk {
  private final Map<String, JsonObject> digests = new HashMap<>();

  /** Takes the digests of a news task's result, one for each symbol that has news. */
  void add(List<JsonObject> symbols) {
    symbols.forEach(digest -> digests.put(text(digest, "symbol"), digest));
  }

  /** The digests of those of some symbols that have news. */
  List<JsonObject> about(Collection<String> symbols) {
    return symbols.stream().filter(digests::containsKey).map(digests::get).toList();
  }

  /** 5 without news, up to 8 for news that may move the price. */
  static int priority(List<JsonObject> news) {
    double impact = news.stream().mapToDouble(each -> number(each, "max_impact")).max().orElse(0);
    if (impact >= 0.8) {
      return 8;
    }
    return impact >= 0.6 ? 7 : news.isEmpty() ? 5 : 6;
  }

  /** The weightiest first. */
  static List<JsonObject> byImpact(List<JsonObject> news) {
    return news.stream().sorted(Comparator.comparingDouble(NewsDesk::impact).reversed()).toList();
  }

  static double impact(JsonObject item) {
    return number(item, "impact_score");
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
