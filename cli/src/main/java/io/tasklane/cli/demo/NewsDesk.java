package io.tasklane.cli.demo;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The news of the morning: which of it goes to which analysis, and how urgent that makes it. */
final class NewsDesk {
  // Far below the 256 KiB that a task's input may have: the rest is for the symbols and the frame.
  private static final int LARGEST_DIGEST_CHARS = 100_000;

  private final List<JsonObject> items = new ArrayList<>();

  void add(List<JsonObject> news) {
    items.addAll(news);
  }

  /** The weightiest news about some symbols, as much as fits into a task's input. */
  List<JsonObject> about(Collection<String> symbols) {
    List<JsonObject> chosen = new ArrayList<>();
    int size = 0;
    for (JsonObject item : byImpact(items)) {
      size += symbols.contains(text(item, "symbol")) ? item.toString().length() : 0;
      if (size > LARGEST_DIGEST_CHARS) {
        return chosen;
      }
      if (symbols.contains(text(item, "symbol"))) {
        chosen.add(item);
      }
    }
    return chosen;
  }

  /** 5 without news, up to 8 for news that may move the price. */
  static int priority(List<JsonObject> news) {
    double impact = news.stream().mapToDouble(NewsDesk::impact).max().orElse(0);
    if (impact >= 0.8) {
      return 8;
    }
    return impact >= 0.7 ? 7 : news.isEmpty() ? 5 : 6;
  }

  /** The weightiest first. */
  static List<JsonObject> byImpact(List<JsonObject> news) {
    return news.stream().sorted(Comparator.comparingDouble(NewsDesk::impact).reversed()).toList();
  }

  static double impact(JsonObject item) {
    JsonElement impact = item.get("impact_score");
    return impact == null || impact.isJsonNull() ? 0 : impact.getAsDouble();
  }

  static String text(JsonObject item, String field) {
    JsonElement value = item.get(field);
    return value == null || value.isJsonNull() ? "" : value.getAsString();
  }
}
