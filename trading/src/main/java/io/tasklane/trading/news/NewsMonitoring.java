package io.tasklane.trading.news;

import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskType;
import io.tasklane.trading.format.DataFault;
import io.tasklane.trading.format.JsonText;
import io.tasklane.trading.input.Input;
import io.tasklane.trading.market.Listing;
import io.tasklane.trading.market.Listings;
import io.tasklane.trading.run.Announcer;
import io.tasklane.trading.run.Results;
import io.tasklane.trading.run.TradingQueue;
import io.tasklane.trading.source.MarketData;
import io.tasklane.trading.source.MarketView;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.Comparator;
import java.util.List;

/** Reads the feeds and says what is new, how it sounds and what of it matters. */
public final class NewsMonitoring implements TaskHandler {
  private static final int MOST_LISTED = 100;
  private static final double SENTIMENT_THRESHOLD = 0.7;
  private static final double IMPACT_THRESHOLD = 0.6;
  private static final TaskType TYPE =
      TradingQueue.DATA_FETCHER.type(
          "news_monitoring",
          "Reads news feeds, scores sentiment and impact, and lists what matters.",
          NewsMonitoring.class);

  private final MarketData data;

  /** Reads from the data. */
  public NewsMonitoring(MarketData data) {
    this.data = data;
  }

  @Override
  public TaskType type() {
    return TYPE;
  }

  @Override
  public Payload handle(Run run) throws InterruptedException {
    Input input = Input.of(run.input());
    double strong = input.fraction("sentiment_threshold", SENTIMENT_THRESHOLD);
    double high = input.fraction("impact_threshold", IMPACT_THRESHOLD);
    MarketView view = data.on(input.asOf());
    List<Listing> listings = Listings.read(view.source()).select(input.symbols());
    NewsDesk desk = new NewsDesk(view);
    if (!desk.hasFeeds()) {
      // A missing folder and an empty one read the same to whoever has to mend it.
      throw DataFault.missing("news/ has no *.xml: at least one RSS or Atom feed is needed");
    }
    List<ScoredItem> items = desk.items(run, listings, input.selection("sources"));
    List<ScoredItem> heavy =
        items.stream()
            .filter(item -> item.impact() >= high)
            .sorted(Comparator.comparingDouble(ScoredItem::impact).reversed())
            .toList();
    heavy.stream().limit(3).forEach(item -> run.log("high impact: " + item.headline()));
    List<JsonObject> listed = listed(heavy, listings);
    announce(new Announcer(run, view), listed);
    JsonArrayBuilder news = JsonText.array();
    listed.forEach(news::add);
    return Results.payload(
        Results.of(view)
            .add("news_items_found", items.size())
            .add("high_impact_events", heavy.size())
            .add(
                "sentiment_alerts",
                items.stream().filter(item -> Math.abs(item.sentiment()) >= strong).count())
            .add("high_impact_news", news)
            .add("symbols", digest(items, listings))
            .add("total_codes", listings.size())
            .add("codes_processed", listings.size())
            .add("codes_failed", JsonText.array()));
  }

  private static void announce(Announcer announcer, List<JsonObject> news) {
    for (JsonObject item : news) {
      announcer.say("market.news", Announcer.symbol(item.getString("symbol")), item);
    }
  }

  private static List<JsonObject> listed(List<ScoredItem> heavy, List<Listing> listings) {
    List<String> asked = listings.stream().map(Listing::symbol).toList();
    return heavy.stream()
        .flatMap(item -> item.symbols().stream().filter(asked::contains).map(item::toJson))
        .limit(MOST_LISTED)
        .toList();
  }

  private static JsonArrayBuilder digest(List<ScoredItem> items, List<Listing> listings) {
    JsonArrayBuilder array = JsonText.array();
    listings.stream()
        .map(listing -> SymbolNews.of(listing.symbol(), items))
        .filter(news -> news.items() > 0)
        .forEach(news -> array.add(news.toJson()));
    return array;
  }
}
