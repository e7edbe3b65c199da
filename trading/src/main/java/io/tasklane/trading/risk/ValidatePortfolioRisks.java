package io.tasklane.trading.risk;

import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskType;
import io.tasklane.trading.input.Input;
import io.tasklane.trading.market.Listings;
import io.tasklane.trading.market.PriceHistory;
import io.tasklane.trading.portfolio.Portfolio;
import io.tasklane.trading.run.Announcer;
import io.tasklane.trading.run.EachSymbol;
import io.tasklane.trading.run.Results;
import io.tasklane.trading.run.TradingQueue;
import io.tasklane.trading.source.MarketData;
import io.tasklane.trading.source.MarketView;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Measures what a portfolio risks, and says where it is over its limits. */
public final class ValidatePortfolioRisks implements TaskHandler {
  private static final TaskType TYPE =
      TradingQueue.PORTFOLIO_SYNC.type(
          "validate_portfolio_risks",
          "Measures concentration, exposure and liquidity, and says where limits are broken.",
          ValidatePortfolioRisks.class);

  private final MarketData data;
  private final RiskLimits limits;

  /** Reads from the data; the limits hold where a task brings no thresholds of its own. */
  public ValidatePortfolioRisks(MarketData data, RiskLimits limits) {
    this.data = data;
    this.limits = limits;
  }

  @Override
  public TaskType type() {
    return TYPE;
  }

  @Override
  public Payload handle(Run run) throws InterruptedException {
    Input input = Input.of(run.input());
    Set<RiskCheck> checks = checks(input);
    RiskLimits allowed =
        limits.with(input.object("alert_thresholds").orElse(JsonValue.EMPTY_JSON_OBJECT));
    MarketView view = data.on(input.asOf());
    Listings listings = Listings.read(view.source());
    Portfolio portfolio = Portfolio.read(view.source());
    Held held = Held.of(portfolio, listings);
    EachSymbol<SymbolFacts> facts = SymbolFacts.gather(run, view, portfolio, held, checks);
    List<PriceHistory> market =
        checks.contains(RiskCheck.EXPOSURE) ? SymbolFacts.market(run, view, listings) : List.of();
    StakePrices prices = StakePrices.of(facts.results(), market);

    Map<RiskCheck, List<Reading>> readings = new EnumMap<>(RiskCheck.class);
    for (RiskCheck check : checks) {
      readings.put(
          check,
          switch (check) {
            case CONCENTRATION -> Concentration.of(held, allowed);
            case EXPOSURE -> Exposure.of(held, prices, allowed);
            case LIQUIDITY -> Liquidity.of(held, prices, allowed);
            case LOSSES -> Losses.of(held, dayGain(facts), allowed);
          });
    }
    RiskReport report = new RiskReport(held, allowed, readings, facts.failed());
    report.breaches().forEach(breach -> run.log(breach.message()));
    report.announce(new Announcer(run, view));
    JsonObjectBuilder result = Results.of(view);
    report.describe(result);
    facts.describe(result);
    return Results.payload(result);
  }

  private static Set<RiskCheck> checks(Input input) {
    return input.choices("risk_checks", RiskCheck.WORDS, RiskCheck.USUAL).stream()
        .map(RiskCheck::of)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(RiskCheck.class)));
  }

  private static BigDecimal dayGain(EachSymbol<SymbolFacts> facts) {
    return Held.sum(facts.results().stream().map(SymbolFacts::dayGain).toList());
  }
}
