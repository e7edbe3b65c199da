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

  /** The weightiest digest first. */
  static List<JsonObject> byImpact(List<JsonObject> digests) {
    Comparator<JsonObject> weight = Comparator.comparingDouble(each -> number(each, "max_impact"));
    return digests.stream().sorted(weight.reversed()).toList();
  }

  /** The headline of a digest, in the words of a news item. */
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
