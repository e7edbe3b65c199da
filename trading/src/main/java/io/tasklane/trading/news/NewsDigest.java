package io.tasklane.trading.news;

import io.tasklane.task.Run;
import io.tasklane.trading.format.DataFault;
import io.tasklane.trading.market.Listing;
import io.tasklane.trading.source.MarketView;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The news of several symbols in a nutshell.
 *
 * @param bySymbol by ticker; a symbol that is missing has no news
 */
public record NewsDigest(Map<String, SymbolNews> bySymbol) {
  /** Keeps an own copy. */
  public NewsDigest {
    bySymbol = Map.copyOf(bySymbol);
  }

  /** Reads the feeds; where there are none, there is no news. */
  public static NewsDigest read(Run run, MarketView view, List<Listing> listings)
      throws InterruptedException {
    NewsDesk desk = new NewsDesk(view);
    if (!desk.hasFeeds()) {
      run.log("no feed in news/: going on without news");
      return new NewsDigest(Map.of());
    }
    List<ScoredItem> items = desk.items(run, listings, List.of());
    return new NewsDigest(
        listings.stream()
            .map(listing -> SymbolNews.of(listing.symbol(), items))
            .collect(Collectors.toMap(SymbolNews::symbol, news -> news)));
  }

  /** Takes over the member "symbols" of a news_monitoring result. */
  public static NewsDigest fromResult(JsonObject result) {
    if (!(result.get("symbols") instanceof JsonArray symbols)) {
      throw DataFault.input(
          "news.symbols", "(missing)", "a list, as in the result of news_monitoring");
    }
    Map<String, SymbolNews> bySymbol = new HashMap<>();
    for (JsonValue value : symbols) {
      if (!(value instanceof JsonObject object)) {
        throw DataFault.input("news.symbols", value.toString(), "objects");
      }
      SymbolNews news = SymbolNews.fromJson("news.symbols", object);
      bySymbol.put(news.symbol(), news);
    }
    return new NewsDigest(bySymbol);
  }

  /** The news of one symbol. */
  public SymbolNews of(String symbol) {
    return bySymbol.getOrDefault(symbol, SymbolNews.none(symbol));
  }
}
