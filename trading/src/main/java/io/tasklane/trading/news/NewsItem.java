package io.tasklane.trading.news;

import java.time.Instant;
import java.util.Locale;

/**
 * One item of a feed.
 *
 * @param guid its identity in the feed, may be empty
 * @param headline plain text
 * @param summary plain text, may be empty
 * @param feed name of the feed's file without the ending
 * @param source title of the feed, or the file's name where it has none
 * @param publishedAt when it was published, or else updated
 */
public record NewsItem(
    String guid, String headline, String summary, String feed, String source, Instant publishedAt) {

  /** Headline and summary as one text. */
  public String text() {
    return summary.isEmpty() ? headline : headline + ". " + summary;
  }

  /** The headline without case, marks and doubled blanks: the same news under two guids. */
  String normalisedHeadline() {
    return headline.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }
}
