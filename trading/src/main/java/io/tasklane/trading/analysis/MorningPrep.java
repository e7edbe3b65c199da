package io.tasklane.trading.analysis;

import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.Run;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.TaskType;
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
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** Prepares a trading morning: gathers the facts, has them judged, asks for recommendations. */
public final class MorningPrep implements TaskHandler {
  private static final Priority CHILD_PRIORITY = new Priority(9);
  private static final int MOST_BRIEFED = 200;
  private static final int MOST_RISKS_TOLD = 20;
  private static final TaskType TYPE =
      TradingQueue.AI_ANALYSIS.type(
          "claude_morning_prep",
          "Gathers the facts of a trading morning, judges them, and asks for recommendations.",
          MorningPrep.class);

  private final MarketData data;
  private final Analyst analyst;

  /** Reads from the data and lets the analyst judge. */
  public MorningPrep(MarketData data, Analyst analyst) {
    this.data = data;
    this.analyst = analyst;
  }

  @Override
  public TaskType type() {
    return TYPE;
  }

  @Override
  public Payload handle(Run run) throws InterruptedException {
    Input input = Input.of(run.input());
    RiskTolerance tolerance = RiskTolerance.of(input.choice("risk_tolerance", RiskTolerance.WORDS));
    boolean marketAsked = input.flag("include_market_analysis", true);
    boolean portfolioAsked = input.flag("include_portfolio_review", true);
    boolean creates = input.flag("create_recommendations", true);
    MarketView view = data.on(input.asOf());
    Listings listings = Listings.read(view.source());
    List<Listing> selected = listings.select(input.symbols());
    Optional<JsonObject> passed = input.object("news");
    NewsDigest news =
        passed.isPresent()
            ? NewsDigest.fromResult(passed.get())
            : NewsDigest.read(run, view, selected);
    Optional<Portfolio> portfolio =
        portfolioAsked ? Optional.of(Portfolio.read(view.source())) : Optional.empty();
    Optional<MarketConditions> market =
        marketAsked
            ? Optional.of(MarketConditions.read(run, view, listings.select(List.of())))
            : Optional.empty();
    BriefDesk desk = new BriefDesk(view, news, portfolio);
    EachSymbol<SymbolBrief> symbols =
        EachSymbol.work(run, selected.stream().map(Listing::symbol).toList(), desk::brief);
    Optional<PortfolioStatus> status = portfolio.map(all -> PortfolioStatus.of(run, view, all));
    Brief brief = new Brief(view.asOf(), tolerance, market, status, symbols.results());
    return report(run, view, brief, symbols, creates);
  }

  private Payload report(
      Run run, MarketView view, Brief brief, EachSymbol<SymbolBrief> symbols, boolean creates) {
    Judgement judgement = analyst.judge(brief);
    JsonArrayBuilder created = JsonText.array();
    if (judgement.requiresAction() && creates) {
      String child = run.createTask(recommendationTask(brief));
      created.add(child);
      run.log("action is required: created " + child);
    }
    JsonObjectBuilder result =
        Results.of(view)
            .add("symbols", symbols(brief))
            .add("risk_tolerance", brief.tolerance().word())
            .add("market_conditions", market(brief))
            .add("portfolio_status", portfolio(brief))
            .add("key_risks", JsonText.texts(judgement.keyRisks()))
            .add("insights", JsonText.texts(judgement.insights()))
            .add("requires_action", judgement.requiresAction())
            .add("confidence_score", Decimals.statistic(judgement.confidence(), 4))
            .add("analyst", analyst.name())
            .add("brief", facts(brief))
            .add("created_tasks", created);
    symbols.describe(result);
    announce(new Announcer(run, view), brief, judgement);
    return Results.payload(result);
  }

  private void announce(Announcer announcer, Brief brief, Judgement judgement) {
    announcer.say(
        "ai.analysis_complete",
        Announcer.PORTFOLIO,
        JsonText.object()
            .add("analysis", TYPE.name())
            .add("analyst", analyst.name())
            .add("symbols", symbols(brief))
            .add("requires_action", judgement.requiresAction())
            .add("confidence_score", Decimals.statistic(judgement.confidence(), 4))
            .add(
                "key_risks",
                JsonText.texts(judgement.keyRisks().stream().limit(MOST_RISKS_TOLD).toList()))
            .build());
  }

  private static JsonArrayBuilder symbols(Brief brief) {
    return JsonText.texts(brief.symbols().stream().map(SymbolBrief::symbol).toList());
  }

  /** The child gets the facts as they are here, so that both tasks speak of the same prices. */
  private static TaskRequest recommendationTask(Brief brief) {
    JsonObjectBuilder input =
        JsonText.object()
            .add("trigger", "morning_prep")
            .add("symbols", symbols(brief))
            .add("as_of", brief.asOf().toString())
            .add("risk_tolerance", brief.tolerance().word());
    if (brief.portfolio().isPresent()) {
      // Without the portfolio the facts do not say what is held, and the caps could not hold.
      input.add("brief", facts(brief));
    }
    brief.market().ifPresent(market -> input.add("market_conditions", market.toJson()));
    brief.portfolio().ifPresent(status -> input.add("portfolio_status", status.toJson()));
    return TaskRequest.of(
            TradingQueue.AI_ANALYSIS.name(),
            RecommendationGeneration.NAME,
            Payload.json(input.build().toString()))
        .withPriority(CHILD_PRIORITY);
  }

  /** Bounded to what fits into a payload; for further symbols the reader gathers the facts anew. */
  private static JsonObject facts(Brief brief) {
    JsonArrayBuilder symbols = JsonText.array();
    brief.symbols().stream().limit(MOST_BRIEFED).forEach(symbol -> symbols.add(symbol.toJson()));
    return JsonText.object().add("symbols", symbols).build();
  }

  private static JsonValue market(Brief brief) {
    return brief.market().<JsonValue>map(MarketConditions::toJson).orElse(JsonValue.NULL);
  }

  private static JsonValue portfolio(Brief brief) {
    return brief.portfolio().<JsonValue>map(PortfolioStatus::toJson).orElse(JsonValue.NULL);
  }
}
