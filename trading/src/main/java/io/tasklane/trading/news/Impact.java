package io.tasklane.trading.news;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * How much an item may move a price, from 0 to 1: weight of the heaviest event it speaks of x
 * weight of its source x recency x strength of its sentiment.
 */
final class Impact {
  private static final Map<String, Double> EVENTS = WordWeights.load("event-words.txt");
  private static final Map<String, Double> SOURCES = WordWeights.load("source-weights.txt");
  private static final double NO_EVENT = 0.3;
  private static final double UNKNOWN_SOURCE = 0.8;
  private static final double FRESH_HOURS = 24;
  private static final double HALF_LIFE_HOURS = 24;

  private Impact() {}

  static double of(NewsItem item, double sentiment, Instant now) {
    return event(item.text()) * source(item.source()) * recency(item, now) * Math.abs(sentiment);
  }

  private static double event(String text) {
    String lower = " " + text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", " ") + " ";
    return EVENTS.entrySet().stream()
        .filter(event -> lower.contains(" " + event.getKey() + " "))
        .mapToDouble(Map.Entry::getValue)
        .max()
        .orElse(NO_EVENT);
  }

  private static double source(String title) {
    String lower = title.toLowerCase(Locale.ROOT);
    // The longest part that fits knows best: "sample blog" rather than "blog".
    return SOURCES.entrySet().stream()
        .filter(source -> lower.contains(source.getKey()))
        .max((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
        .map(Map.Entry::getValue)
        .orElse(UNKNOWN_SOURCE);
  }

  /** 1 for the first day, then half of it each further day. */
  private static double recency(NewsItem item, Instant now) {
    double hours = Duration.between(item.publishedAt(), now).toMinutes() / 60.0;
    return Math.min(1, Math.pow(0.5, (hours - FRESH_HOURS) / HALF_LIFE_HOURS));
  }
}
