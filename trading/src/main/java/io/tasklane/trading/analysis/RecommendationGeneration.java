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
import io.tasklane.trading.run.Announcer;
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

  /** What the input says. */
  private record Request(
      String trigger,
      RiskTolerance tolerance,
      int most,
      Optional<MarketConditions> market,
      Optional<PortfolioStatus> status,
      Map<String, SymbolBrief> briefed) {

    static Request of(Input input) {
      return new Request(
          input.text("trigger", "manual"),
          RiskTolerance.of(input.choice("risk_tolerance", RiskTolerance.WORDS)),
          input.whole("max_recommendations", MOST_BY_DEFAULT, 1, MOST),
          input.object("market_conditions").map(MarketConditions::fromJson),
          input.object("portfolio_status").map(PortfolioStatus::fromJson),
          RecommendationGeneration.briefed(input.object("brief")));
    }

    List<Listing> unbriefed(List<Listing> selected) {
      return selected.stream().filter(listing -> !briefed.containsKey(listing.symbol())).toList();
    }
  }

  @Override
  public Payload handle(Run run) throws InterruptedException {
    Input input = Input.of(run.input());
    Request request = Request.of(input);
    MarketView view = data.on(input.asOf());
    List<Listing> selected = Listings.read(view.source()).select(input.symbols());
    Optional<Portfolio> portfolio = portfolio(view, request, selected);
    EachSymbol<SymbolBrief> symbols = facts(run, view, request, selected, portfolio);
    PortfolioStatus status =
        request.status.orElseGet(() -> PortfolioStatus.of(run, view, portfolio.orElseThrow()));
    Recommender recommender = new Recommender(status, request.tolerance);
    JsonObjectBuilder result =
        Results.of(view)
            .add("trigger", request.trigger)
            .add("risk_tolerance", request.tolerance.word())
            .add(
                "market_trend",
                request.market.map(MarketConditions::trend).orElse("not asked for"));
    String expiresAt = run.clock().instant().plus(VALID).toString();
    List<Recommendation> best = best(recommender.recommend(symbols.results()), request.most);
    describe(result, best, expiresAt);
    announce(new Announcer(run, view), best, expiresAt);
    if (view.source().name().equals("sample")) {
      result.add("note", "The data are a generated sample, not market data.");
    }
    symbols.describe(result);
    return Results.payload(result);
  }

  /** Takes the facts from the brief, and gathers what it does not hold. */
  private static EachSymbol<SymbolBrief> facts(
      Run run,
      MarketView view,
      Request request,
      List<Listing> selected,
      Optional<Portfolio> portfolio)
      throws InterruptedException {
    List<Listing> unbriefed = request.unbriefed(selected);
    NewsDigest news =
        unbriefed.isEmpty() ? new NewsDigest(Map.of()) : NewsDigest.read(run, view, unbriefed);
    BriefDesk desk = new BriefDesk(view, news, portfolio);
    Map<String, SymbolBrief> briefed = request.briefed;
    return EachSymbol.work(
        run,
        selected.stream().map(Listing::symbol).toList(),
        symbol -> briefed.containsKey(symbol) ? briefed.get(symbol) : desk.brief(symbol));
  }

  /** Read only where the input does not bring along all that is needed of it. */
  private static Optional<Portfolio> portfolio(
      MarketView view, Request request, List<Listing> selected) {
    return request.unbriefed(selected).isEmpty() && request.status.isPresent()
        ? Optional.empty()
        : Optional.of(Portfolio.read(view.source()));
  }

  private static List<Recommendation> best(List<Recommendation> all, int most) {
    return all.stream()
        .sorted(
            Comparator.comparing((Recommendation each) -> each.action() == Action.HOLD)
                .thenComparing(Comparator.comparingDouble(Recommendation::confidence).reversed()))
        .limit(most)
        .toList();
  }

  /** Publishes what waits for approval; to hold needs none. */
  private static void announce(Announcer announcer, List<Recommendation> best, String expiresAt) {
    for (Recommendation each : best) {
      if (each.action() != Action.HOLD) {
        String subject = Announcer.symbol(each.symbol().symbol());
        announcer.say("ai.recommendation", subject, each.toJson(expiresAt));
      }
    }
  }

  private static void describe(
      JsonObjectBuilder result, List<Recommendation> best, String expiresAt) {
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
