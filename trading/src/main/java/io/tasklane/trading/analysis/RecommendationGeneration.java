package io.tasklane.trading.analysis;

import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskType;
import io.tasklane.trading.analysis.Recommendation.Action;
import io.tasklane.trading.format.DataFault;
import io.tasklane.trading.format.Decimals;
import io.tasklane.trading.format.JsonText;
import io.tasklane.trading.input.Input;
import io.tasklane.trading.market.Listing;
import io.tasklane.trading.market.Listings;
import io.tasklane.trading.news.NewsDigest;
import io.tasklane.trading.portfolio.Portfolio;
import io.tasklane.trading.run.EachSymbol;
import io.tasklane.trading.run.Results;
import io.tasklane.trading.run.TradingQueue;
import io.tasklane.trading.source.MarketData;
import io.tasklane.trading.source.MarketView;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recommends what to buy, sell or hold; every recommendation waits for a person's approval. */
public final class RecommendationGeneration implements TaskHandler {
  static final String NAME = "recommendation_generation";

  private static final Duration VALID = Duration.ofHours(24);
  private static final int MOST = 20;
  private static final int MOST_BY_DEFAULT = 5;
  private static final TaskType TYPE =
      TradingQueue.AI_ANALYSIS.type(
          NAME,
          "Recommends what to buy, sell or hold, with target, stop and size, for approval.",
          RecommendationGeneration.class);

  private final MarketData data;

  /** Reads from the data what the input does not bring along. */
  public RecommendationGeneration(MarketData data) {
    this.data = data;
  }

  @Override
  public TaskType type() {
    return TYPE;
  }

  @Override
  public Payload handle(Run run) throws InterruptedException {
    Input input = Input.of(run.input());
    String trigger = input.text("trigger", "manual");
    RiskTolerance tolerance = RiskTolerance.of(input.choice("risk_tolerance", RiskTolerance.WORDS));
    int most = input.whole("max_recommendations", MOST_BY_DEFAULT, 1, MOST);
    Optional<MarketConditions> market =
        input.object("market_conditions").map(MarketConditions::fromJson);
    Optional<PortfolioStatus> passedStatus =
        input.object("portfolio_status").map(PortfolioStatus::fromJson);
    Map<String, SymbolBrief> briefed = briefed(input.object("brief"));
    MarketView view = data.on(input.asOf());
    List<Listing> selected = Listings.read(view.source()).select(input.symbols());
    List<Listing> unbriefed =
        selected.stream().filter(listing -> !briefed.containsKey(listing.symbol())).toList();

    Optional<Portfolio> portfolio =
        unbriefed.isEmpty() && passedStatus.isPresent()
            ? Optional.empty()
            : Optional.of(Portfolio.read(view.source()));
    PortfolioStatus status =
        passedStatus.orElseGet(() -> PortfolioStatus.of(run, view, portfolio.orElseThrow()));
    NewsDigest news =
        unbriefed.isEmpty() ? new NewsDigest(Map.of()) : NewsDigest.read(run, view, unbriefed);
    BriefDesk desk = new BriefDesk(view, news, portfolio);
    Recommender recommender = new Recommender(status, tolerance);
    EachSymbol<Recommendation> symbols =
        EachSymbol.work(
            run,
            selected.stream().map(Listing::symbol).toList(),
            symbol ->
                recommender.recommend(
                    briefed.containsKey(symbol) ? briefed.get(symbol) : desk.brief(symbol)));
    JsonObjectBuilder result =
        Results.of(view)
            .add("trigger", trigger)
            .add("risk_tolerance", tolerance.word())
            .add("market_trend", market.map(MarketConditions::trend).orElse("not asked for"));
    describe(result, symbols.results(), most, run.clock().instant().plus(VALID).toString());
    if (view.source().name().equals("sample")) {
      result.add("note", "The data are a generated sample, not market data.");
    }
    symbols.describe(result);
    return Results.payload(result);
  }

  private static void describe(
      JsonObjectBuilder result, List<Recommendation> all, int most, String expiresAt) {
    List<Recommendation> best =
        all.stream()
            .sorted(
                Comparator.comparing((Recommendation each) -> each.action() == Action.HOLD)
                    .thenComparing(
                        Comparator.comparingDouble(Recommendation::confidence).reversed()))
            .limit(most)
            .toList();
    JsonArrayBuilder listed = JsonText.array();
    best.forEach(recommendation -> listed.add(recommendation.toJson(expiresAt)));
    double average = best.stream().mapToDouble(Recommendation::confidence).average().orElse(0);
    result.add("recommendations", listed).add("average_confidence", Decimals.statistic(average, 4));
  }

  private static Map<String, SymbolBrief> briefed(Optional<JsonObject> brief) {
    Map<String, SymbolBrief> briefed = new HashMap<>();
    if (brief.isEmpty()) {
      return briefed;
    }
    if (!(brief.get().get("symbols") instanceof JsonArray symbols)) {
      throw DataFault.input(
          "brief.symbols", "(missing)", "a list, as in the result of claude_morning_prep");
    }
    for (JsonValue value : symbols) {
      if (!(value instanceof JsonObject object)) {
        throw DataFault.input("brief.symbols", value.toString(), "objects");
      }
      SymbolBrief symbol = SymbolBrief.fromJson(object);
      briefed.put(symbol.symbol(), symbol);
    }
    return briefed;
  }
}
