package io.tasklane.trading.news;

import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SyndFeedInput;
import com.rometools.rome.io.XmlReader;
import io.tasklane.task.FailureException;
import io.tasklane.trading.format.DataFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/** Reads RSS and Atom. Documents with a doctype are refused, so no entity leads anywhere. */
final class Feeds {
  private Feeds() {}

  /**
   * The dated items of one feed.
   *
   * @throws FailureException permanent, if it is no feed
   */
  static List<NewsItem> read(String key, byte[] bytes) {
    SyndFeed feed = parse(key, bytes);
    String stem = key.substring(key.lastIndexOf('/') + 1).replaceFirst("\\.xml$", "");
    String title = plain(feed.getTitle());
    List<NewsItem> items = new ArrayList<>();
    for (SyndEntry entry : feed.getEntries()) {
      Date date = Optional.ofNullable(entry.getPublishedDate()).orElse(entry.getUpdatedDate());
      String headline = plain(entry.getTitle());
      // Without a date nobody can tell whether it is news.
      if (date != null && !headline.isEmpty()) {
        String guid = Optional.ofNullable(entry.getUri()).orElse("");
        String source = title.isEmpty() ? stem : title;
        items.add(new NewsItem(guid, headline, summary(entry), stem, source, date.toInstant()));
      }
    }
    return items;
  }

  private static SyndFeed parse(String key, byte[] bytes) {
    try (XmlReader reader = new XmlReader(new ByteArrayInputStream(bytes))) {
      SyndFeedInput input = new SyndFeedInput();
      input.setAllowDoctypes(false);
      return input.build(reader);
    } catch (FeedException | IllegalArgumentException | IOException e) {
      throw DataFault.unreadable(
          key, "is no RSS or Atom feed: expected XML without a doctype; " + e.getMessage(), e);
    }
  }

  private static String summary(SyndEntry entry) {
    return entry.getDescription() == null ? "" : plain(entry.getDescription().getValue());
  }

  private static String plain(String html) {
    return html == null
        ? ""
        : html.replaceAll("<[^>]*>", " ")
            .replaceAll("&[a-z#0-9]+;", " ")
            .replaceAll("\\s+", " ")
            .strip();
  }
}
