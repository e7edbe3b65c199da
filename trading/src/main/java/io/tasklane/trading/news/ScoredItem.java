package io.tasklane.trading.news;

import io.tasklane.trading.format.Decimals;
import io.tasklane.trading.format.JsonText;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;

/**
 * An item, whose it is and what it means.
 *
 * @param item what was published
 * @param symbols whom it speaks of, at least one
 * @param sentiment -1 to 1
 * @param impact 0 to 1
 */
record ScoredItem(NewsItem item, List<String> symbols, double sentiment, double impact) {
  private static final double HEADLINE_SHARE = 0.7;
  private static final int LONGEST_HEADLINE = 160;

  /** Scores an item; the headline counts more than a summary that says anything either way. */
  static ScoredItem of(NewsItem item, List<String> symbols, Instant now) {
    double headline = Sentiment.of(item.headline());
    double summary = Sentiment.of(item.summary());
    double sentiment =
        summary == 0 ? headline : HEADLINE_SHARE * headline + (1 - HEADLINE_SHARE) * summary;
    return new ScoredItem(item, symbols, sentiment, Impact.of(item, sentiment, now));
  }

  /** The headline, not longer than a result wants it. */
  String headline() {
    String headline = item.headline();
    return headline.length() <= LONGEST_HEADLINE
        ? headline
        : headline.substring(0, LONGEST_HEADLINE);
  }

  JsonObject toJson(String symbol) {
    return JsonText.object()
        .add("symbol", symbol)
        .add("headline", headline())
        .add("impact_score", Decimals.statistic(impact, 4))
        .add("sentiment", Decimals.statistic(sentiment, 4))
        .add("source", item.source())
        .add("published_at", item.publishedAt().toString())
        .build();
  }
}
