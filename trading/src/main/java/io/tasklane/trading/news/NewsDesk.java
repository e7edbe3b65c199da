package io.tasklane.trading.news;

import io.tasklane.task.Run;
import io.tasklane.trading.format.DataFault;
import io.tasklane.trading.market.Listing;
import io.tasklane.trading.run.Stop;
import io.tasklane.trading.source.MarketView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads all feeds of a day and keeps what speaks of the listings asked for, once each. */
final class NewsDesk {
  /** Older items are no news. */
  private static final Duration WINDOW = Duration.ofDays(7);

  private final MarketView view;

  NewsDesk(MarketView view) {
    this.view = view;
  }

  /** Whether there is any feed. */
  boolean hasFeeds() {
    return !keys().isEmpty();
  }

  /**
   * The items of the last seven days, the newest first.
   *
   * @param listings whose news
   * @param sources names of feeds; empty means all
   */
  List<ScoredItem> items(Run run, List<Listing> listings, List<String> sources)
      throws InterruptedException {
    List<NewsItem> items = new ArrayList<>();
    List<String> keys = keys();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < keys.size(); i++) {
      Stop.ifAsked(run);
      run.progress(i, keys.size(), keys.get(i), "reading feeds");
      for (NewsItem item : Feeds.read(keys.get(i), view.source().read(keys.get(i)))) {
        names.add(item.feed());
        names.add(item.source());
        items.add(item);
      }
    }
    sources.forEach(source -> requireKnown(source, names));
    run.progress(keys.size(), keys.size(), "", items.size() + " items read");
    items.removeIf(item -> !isSeen(item) || !isAsked(item, sources));
    items.sort(Comparator.comparing(NewsItem::publishedAt));
    List<NewsItem> originals = withoutDoubles(items);
    Collections.reverse(originals);
    return scored(originals, listings);
  }

  private List<ScoredItem> scored(List<NewsItem> items, List<Listing> listings) {
    List<Mention> mentions = listings.stream().map(Mention::new).toList();
    List<ScoredItem> scored = new ArrayList<>();
    for (NewsItem item : items) {
      String text = item.text();
      List<String> symbols =
          mentions.stream().filter(m -> m.isIn(text)).map(Mention::symbol).toList();
      if (!symbols.isEmpty()) {
        scored.add(ScoredItem.of(item, symbols, view.instant()));
      }
    }
    return scored;
  }

  private boolean isSeen(NewsItem item) {
    Instant published = item.publishedAt();
    return !published.isAfter(view.instant()) && published.isAfter(view.instant().minus(WINDOW));
  }

  private static boolean isAsked(NewsItem item, List<String> sources) {
    return sources.isEmpty()
        || sources.stream()
            .anyMatch(s -> s.equalsIgnoreCase(item.feed()) || s.equalsIgnoreCase(item.source()));
  }

  private static void requireKnown(String source, Set<String> names) {
    if (names.stream().noneMatch(source::equalsIgnoreCase)) {
      throw DataFault.input(
          "sources", source, "all, or feeds among " + names.stream().sorted().toList());
    }
  }

  /**
   * The same guid in one feed, or the same headline anywhere, is the same news: the first stays.
   */
  private static List<NewsItem> withoutDoubles(List<NewsItem> oldestFirst) {
    Set<String> seen = new HashSet<>();
    List<NewsItem> kept = new ArrayList<>();
    for (NewsItem item : oldestFirst) {
      boolean newGuid = item.guid().isEmpty() || seen.add(item.feed() + " guid " + item.guid());
      if (newGuid && seen.add(item.normalisedHeadline())) {
        kept.add(item);
      }
    }
    return kept;
  }

  private List<String> keys() {
    return view.source().list("news", ".xml");
  }
}
